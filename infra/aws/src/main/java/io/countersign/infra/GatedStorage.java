package io.countersign.infra;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.constructs.Node;

/**
 * A storage of one's own behind API Gateway.
 *
 * @param address where API Gateway finds it
 * @param domain the name by which clients ask for it, which then leads to API Gateway; what they sign goes over paths below it
 * @param certificate the ARN of the domain's certificate
 * @param clientCertificates names of the certificates by which the storage knows API Gateway; the first is shown to it, the others are there to be trusted
 *     before they are
 */
record GatedStorage(URI address, String domain, String certificate, List<String> clientCertificates) {
    private static final List<String> FIRST = List.of("1");

    GatedStorage {
        clientCertificates = List.copyOf(clientCertificates);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("storage: an https address, not " + address);
        }
        if (clientCertificates.stream().anyMatch(name -> !name.matches("[A-Za-z0-9]{1,32}"))
                || clientCertificates.stream().distinct().count() < clientCertificates.size()) {
            throw new IllegalArgumentException(
                    "storageClientCertificates: names of letters and digits, each once, as 1,2");
        }
    }

    /**
     * {@code storage}, {@code storageDomain}, {@code storageCertificate} and, if there is to be another one, {@code storageClientCertificates} of the context.
     *
     * @throws IllegalArgumentException when some of them are missing: with a stage's name in front of the path, no signature would hold
     */
    static Optional<GatedStorage> of(Node node) {
        Optional<String> address = DeploymentSettings.text(node, "storage");
        Optional<String> domain = DeploymentSettings.text(node, "storageDomain");
        Optional<String> certificate = DeploymentSettings.text(node, "storageCertificate");
        if (address.isEmpty() && domain.isEmpty() && certificate.isEmpty()) {
            return Optional.empty();
        }
        if (address.isEmpty() || domain.isEmpty() || certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    "storage, storageDomain and storageCertificate belong together; give all three");
        }
        return Optional.of(
                new GatedStorage(URI.create(address.get()), domain.get(), certificate.get(), clientCertificates(node)));
    }

    private static List<String> clientCertificates(Node node) {
        List<String> names = DeploymentSettings.texts(node, "storageClientCertificates");
        return names.isEmpty() ? FIRST : names;
    }
}

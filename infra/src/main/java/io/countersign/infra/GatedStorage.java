package io.countersign.infra;

import java.net.URI;
import java.util.Optional;
import software.constructs.Node;

/**
 * A storage of one's own behind API Gateway.
 *
 * @param address where API Gateway finds it
 * @param domain the name by which clients ask for it, which then leads to API Gateway; what they sign goes over paths below it
 * @param certificate the ARN of the domain's certificate
 */
record GatedStorage(URI address, String domain, String certificate) {
    GatedStorage {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("storage: an https address, not " + address);
        }
    }

    /**
     * {@code storage}, {@code storageDomain} and {@code storageCertificate} of the context.
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
        return Optional.of(new GatedStorage(URI.create(address.get()), domain.get(), certificate.get()));
    }
}

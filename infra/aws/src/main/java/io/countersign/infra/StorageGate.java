package io.countersign.infra;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.CfnClientCertificate;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.HttpIntegration;
import software.amazon.awscdk.services.apigateway.HttpIntegrationProps;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.Method;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.RequestAuthorizer;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.Node;

/** A REST API in front of a self-hosted storage. It calls the authorizer for every request; decisions are not cached, because each is about one request. */
final class StorageGate extends Construct {
    private static final List<String> FACTS = List.of("Principal", "Subject", "Action", "Resource");

    private final RestApi api;
    private final Method method;
    private final Map<String, CfnClientCertificate> clientCertificates = new LinkedHashMap<>();

    StorageGate(Construct scope, String id, GatedStorage storage, CountersignFunction authorizer) {
        super(scope, id);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        // AWS generates and keeps the private key, so no other client of the storage can authenticate as the gateway.
        for (String name : storage.clientCertificates()) {
            clientCertificates.put(
                    name,
                    CfnClientCertificate.Builder.create(this, "ClientCertificate" + name)
                            .description("Proves to the storage that Countersign has allowed a request")
                            .build());
        }
        api = RestApi.Builder.create(this, "Api")
                .description("Requests that Countersign allows to reach the storage")
                .binaryMediaTypes(List.of("*/*"))
                // The authorizer verifies the signed path, so no stage may precede it, and there is no other entrance.
                .domainName(DomainNameOptions.builder()
                        .domainName(storage.domain())
                        .certificate(Certificate.fromCertificateArn(this, "Certificate", storage.certificate()))
                        .securityPolicy(SecurityPolicy.TLS_1_2)
                        .build())
                .disableExecuteApiEndpoint(true)
                .cloudWatchRole(true)
                .deployOptions(StageOptions.builder()
                        // API Gateway presents the first certificate of the list.
                        .clientCertificateId(
                                clientCertificates.values().iterator().next().getRef())
                        .accessLogDestination(new LogGroupLogDestination(log))
                        // No query strings: they hold signatures and security tokens.
                        .accessLogFormat(
                                AccessLogFormat.custom(
                                        "{\"requestId\":\"$context.requestId\",\"ip\":\"$context.identity.sourceIp\",\"method\":\"$context.httpMethod\",\"path\":\"$context.path\",\"status\":\"$context.status\",\"principal\":\"$context.authorizer.principalId\"}"))
                        .loggingLevel(MethodLoggingLevel.ERROR)
                        .dataTraceEnabled(false)
                        .build())
                .build();
        RequestAuthorizer requestAuthorizer = RequestAuthorizer.Builder.create(this, "Authorizer")
                .handler(authorizer.function())
                .identitySources(List.of())
                .resultsCacheTtl(Duration.seconds(0))
                .build();
        // addProxy would leave the root without the authorizer.
        method = api.getRoot()
                .addResource("{proxy+}")
                .addMethod(
                        "ANY",
                        integration(storage),
                        MethodOptions.builder()
                                .authorizationType(AuthorizationType.CUSTOM)
                                .authorizer(requestAuthorizer)
                                .requestParameters(Map.of("method.request.path.proxy", true))
                                .build());
    }

    RestApi api() {
        return api;
    }

    /** Returns the name that the domain must be an alias of. */
    String alias() {
        return Objects.requireNonNull(api.getDomainName()).getDomainNameAliasDomainName();
    }

    /** The ids of the certificates by their names. */
    Map<String, String> clientCertificates() {
        Map<String, String> ids = new LinkedHashMap<>();
        clientCertificates.forEach((name, certificate) -> ids.put(name, certificate.getRef()));
        return ids;
    }

    Method method() {
        return method;
    }

    String url() {
        return api.getUrl();
    }

    /** Passes the decision to the storage in headers. The storage must use the object that they name, because API Gateway may rewrite the path. */
    private static HttpIntegration integration(GatedStorage storage) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("integration.request.path.proxy", "method.request.path.proxy");
        for (String fact : FACTS) {
            parameters.put(
                    "integration.request.header.X-Countersign-" + fact,
                    "context.authorizer." + fact.toLowerCase(Locale.ROOT));
        }
        return new HttpIntegration(
                storage.address().toString().replaceAll("/+$", "") + "/{proxy}",
                HttpIntegrationProps.builder()
                        .proxy(true)
                        .httpMethod("ANY")
                        .options(IntegrationOptions.builder()
                                .requestParameters(parameters)
                                .build())
                        .build());
    }

    /**
     * A self-hosted storage behind API Gateway.
     *
     * @param address the storage's address for API Gateway
     * @param domain the domain name for clients, which resolves to API Gateway; clients sign paths below it
     * @param certificate the ARN of the domain's certificate
     * @param clientCertificates names of the certificates by which the storage authenticates API Gateway; API Gateway presents the first, and the storage can be set
     *     to trust the others before they are presented
     */
    record GatedStorage(URI address, String domain, String certificate, List<String> clientCertificates) {
        private static final List<String> FIRST = List.of("1");

        GatedStorage {
            clientCertificates = List.copyOf(clientCertificates);
            if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                throw new IllegalArgumentException("storage: expected an https address, not " + address);
            }
            if (clientCertificates.stream().anyMatch(name -> !name.matches("[A-Za-z0-9]{1,32}"))
                    || clientCertificates.stream().distinct().count() < clientCertificates.size()) {
                throw new IllegalArgumentException(
                        "storageClientCertificates: expected different names of letters and digits, such as 1,2");
            }
        }

        /**
         * Reads {@code storage}, {@code storageDomain}, {@code storageCertificate} and, optionally, {@code storageClientCertificates} of the context.
         *
         * @throws IllegalArgumentException when some of the first three are missing: without a domain, a stage's name precedes the path, and no signature is valid
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
                        "storage, storageDomain and storageCertificate belong together; set all three");
            }
            return Optional.of(new GatedStorage(
                    URI.create(address.get()), domain.get(), certificate.get(), clientCertificates(node)));
        }

        private static List<String> clientCertificates(Node node) {
            List<String> names = DeploymentSettings.texts(node, "storageClientCertificates");
            return names.isEmpty() ? FIRST : names;
        }
    }
}

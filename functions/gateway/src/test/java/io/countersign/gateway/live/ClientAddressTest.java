package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client that each open endpoint sees behind a proxy, by a role that requires a network and TLS. */
class ClientAddressTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Tokens TOKENS = new Tokens();
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "signer", "accessKeys": [{"id": "LTAI5tSignerSignerSigne", "secret": "SignerSecret"}],
                         "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}]}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou", "signer": "signer"}],
              "roles": [{"name": "app",
                "trust": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Federated": "acs:ram::1234567890123456:oidc-provider/idp"}%5$s}]},
                "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*", "Condition": %1$s}]}]}],
              "oidcProviders": [{"name": "idp", "issuer": "%2$s", "clientIds": ["%3$s"], "jwks": %4$s, "defaultRole": "app"}]
            }]}
            """;
    private static final String CONDITION =
            "{\"IpAddress\": {\"acs:SourceIp\": \"203.0.113.0/24\"}, \"Bool\": {\"acs:SecureTransport\": \"true\"}}";

    @TempDir
    private Path directory;

    enum Open {
        TOKEN,
        STS,
        PRESIGN,
        POST_POLICY,
        SIGN_CONTENT
    }

    /** Where the face signs nothing itself, the role's trust policy asks what its own policy asks elsewhere. */
    private LiveGateway gateway(String proxies, Open face) throws Exception {
        boolean byTrust = face == Open.TOKEN || face == Open.STS;
        Path manifest = Files.writeString(
                directory.resolve("manifest.json"),
                MANIFEST.formatted(
                        CONDITION,
                        Tokens.ISSUER,
                        Tokens.AUDIENCE,
                        TOKENS.jwks(),
                        byTrust ? ", \"Condition\": " + CONDITION : ""));
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", proxies);
            return new LiveGateway(manifest, directory.resolve("data"), InstantSource.system());
        }
    }

    /** Whether the face does what is asked, for a call with these headers. */
    private static boolean served(LiveGateway gateway, Open face, String... headers) throws Exception {
        HttpRequest.Builder request =
                switch (face) {
                    case TOKEN -> bearer(gateway, "/token");
                    case STS ->
                        HttpRequest.newBuilder(URI.create(gateway.url()
                                + "/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON"
                                + "&RoleSessionName=ann&RoleArn=" + encoded("acs:ram::1234567890123456:role/app")
                                + "&OIDCProviderArn=" + encoded("acs:ram::1234567890123456:oidc-provider/idp")
                                + "&OIDCToken=" + encoded(TOKENS.of("ann"))));
                    case PRESIGN -> json(bearer(gateway, "/presign"), "{\"bucket\":\"photos\",\"key\":\"a.jpg\"}");
                    case POST_POLICY ->
                        json(bearer(gateway, "/post-policy"), "{\"bucket\":\"photos\",\"key\":\"a.jpg\"}");
                    case SIGN_CONTENT ->
                        json(
                                bearer(gateway, "/sign-content"),
                                JsonText.object(
                                        body -> body.put("content", "GET\n\n\n" + httpDate() + "\n/photos/a.jpg")));
                };
        if (headers.length > 0) {
            request.headers(headers);
        }
        String answer = HTTP.send(request.build(), BodyHandlers.ofString()).body();
        boolean served = answer.contains(
                switch (face) {
                    case TOKEN, STS -> "\"SecurityToken\"";
                    case PRESIGN -> "\"url\"";
                    case POST_POLICY -> "\"fields\"";
                    case SIGN_CONTENT -> "OSS LTAI5tSignerSignerSigne:";
                });
        assertThat(answer)
                .matches(text -> served || text.matches("(?s).*(AccessDenied|NotTrusted|NoPermission|NotAllowed).*"));
        return served;
    }

    private static HttpRequest.Builder bearer(LiveGateway gateway, String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Authorization", "Bearer " + TOKENS.of("ann"));
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String httpDate() {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(InstantSource.system().instant());
    }

    @ParameterizedTest
    @EnumSource
    void aTrustedProxyNamesTheClient(Open face) throws Exception {
        try (LiveGateway gateway = gateway("127.0.0.0/8", face)) {
            assertThat(served(gateway, face, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"))
                    .isTrue();
            assertThat(served(
                            gateway,
                            face,
                            "X-Forwarded-For",
                            "1.2.3.4, 203.0.113.9, 127.0.0.2",
                            "X-Forwarded-Proto",
                            "https"))
                    .isTrue();
            assertThat(served(
                            gateway,
                            face,
                            "X-Forwarded-For",
                            "203.0.113.9, 198.51.100.1",
                            "X-Forwarded-Proto",
                            "https"))
                    .isFalse();
            assertThat(served(gateway, face, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "http"))
                    .isFalse();
            assertThat(served(gateway, face, "X-Forwarded-For", "203.0.113.9")).isFalse();
            assertThat(served(gateway, face, "X-Forwarded-Proto", "https")).isFalse();
            assertThat(served(gateway, face)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ignoresForwardedHeadersOfAnotherAddress(Open face) throws Exception {
        try (LiveGateway gateway = gateway("10.0.0.0/8", face)) {
            assertThat(served(gateway, face, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"))
                    .isFalse();
        }
    }
}

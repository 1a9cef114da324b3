package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A URL that {@code /presign} binds to an address, at {@code /verify} and {@code /auth}. */
class BoundUrlTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Tokens TOKENS = new Tokens();
    private static final String CALLER = "203.0.113.7";
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "signer", "accessKeys": [{"id": "LTAI5tSignerSignerSigne", "secret": "SignerSecret"}],
                         "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}]}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou", "signer": "signer"}],
              "roles": [{"name": "app",
                "trust": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Federated": "acs:ram::1234567890123456:oidc-provider/idp"}}]},
                "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}]}],
              "oidcProviders": [{"name": "idp", "issuer": "%s", "clientIds": ["%s"], "jwks": %s, "defaultRole": "app"}]
            }]}
            """;

    @TempDir
    private static Path directory;

    private static LiveGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("manifest.json"), MANIFEST.formatted(Tokens.ISSUER, Tokens.AUDIENCE, TOKENS.jwks()));
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.system());
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "V4, caller, 203.0.113.7, 203.0.113.8",
        "V1, caller, 203.0.113.7, 203.0.113.8",
        "V4, 198.51.100.0/24, 198.51.100.255, 198.51.101.0",
        "V1, 198.51.100.0/24, 198.51.100.255, 198.51.101.0",
        "V4, 2001:db8::/32, 2001:db8:1::1, 2001:db9::1",
        "V4, 198.51.100.9, 198.51.100.9, 203.0.113.7"
    })
    void isGoodFromThereOnly(String version, String sourceIp, String inside, String outside) throws Exception {
        String url = url(version, sourceIp);
        assertThat(allowed(url, Optional.of(inside))).isTrue();
        assertThat(allowed(url, Optional.of(outside))).isFalse();
        assertThat(allowed(url, Optional.empty())).isFalse();
        assertThat(allowed(url.replaceAll("x-oss-ac-[a-z-]*=[^&]*&", ""), Optional.of(inside)))
                .as("without the bound")
                .isFalse();
        assertThat(forwarded(url, inside)).isEqualTo(200);
        assertThat(forwarded(url, outside)).isEqualTo(403);
    }

    private static String url(String version, String sourceIp) throws Exception {
        String body = JsonText.object(json -> json.put("bucket", "photos")
                .put("key", "a.jpg")
                .put("version", version)
                .put("sourceIp", sourceIp));
        return Members.of(Values.parse(HTTP.send(
                                HttpRequest.newBuilder(URI.create(gateway.url() + "/presign"))
                                        .header("Authorization", "Bearer " + TOKENS.of("ann"))
                                        .header("Content-Type", "application/json")
                                        .header("X-Forwarded-For", CALLER)
                                        .header("X-Forwarded-Proto", "https")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .body()))
                .string("url");
    }

    private static boolean allowed(String url, Optional<String> sourceIp) throws Exception {
        String body = JsonText.object(
                json -> json.put("method", "GET").put("url", url).put("sourceIp", sourceIp));
        String answer = HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/verify"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(answer).contains("\"allowed\":");
        return answer.contains("\"allowed\":true");
    }

    /** The status of {@code /auth} for a client at this address. */
    private static int forwarded(String url, String client) throws Exception {
        URI asked = URI.create(url);
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/auth"))
                                .header("X-Original-Method", "GET")
                                .header("X-Original-Host", asked.getHost())
                                .header("X-Original-URI", asked.getRawPath() + "?" + asked.getRawQuery())
                                .header("X-Forwarded-For", client)
                                .header("X-Forwarded-Proto", "https")
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}

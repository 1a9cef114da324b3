package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket whose minimumSignatureVersion begins while the gateway runs. */
class RetiringV1Test {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                roles:
                  - name: mobile
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["oss:GetObject"], Resource: "acs:oss:*:*:photos/*"}]}]
                oidcProviders:
                  - {name: login, issuer: "%s", clientIds: [%s], defaultRole: mobile, jwks: %s}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app, minimumSignatureVersion: V4, minimumSignatureVersionFrom: "%s"}
            """;

    @TempDir
    private Path directory;

    private final Tokens tokens = new Tokens();
    private final MovableClock clock = new MovableClock();
    private LiveGateway gateway;

    @BeforeEach
    void serve() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"),
                MANIFEST.formatted(
                        Tokens.ISSUER,
                        Tokens.AUDIENCE,
                        tokens.jwks(),
                        clock.instant().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS)));
        gateway = new LiveGateway(manifest, directory.resolve("data"), clock);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private ValidatableResponse presign(String version) throws Exception {
        return given().baseUri(gateway.url())
                .header("Authorization", "Bearer " + tokens.of("alice", clock.instant()))
                .contentType(ContentType.JSON)
                .body(JsonText.object(
                        json -> json.put("bucket", "photos").put("key", "a.jpg").put("version", version)))
                .post("/presign")
                .then();
    }

    private ValidatableResponse verify(String url) {
        return given().baseUri(gateway.url())
                .contentType(ContentType.JSON)
                .body(JsonText.object(json -> json.put("method", "GET").put("url", url)))
                .post("/verify")
                .then();
    }

    private ValidatableResponse auth(String url) {
        int path = url.indexOf('/', "https://".length());
        return given().baseUri(gateway.url())
                .header("X-Original-Method", "GET")
                .header("X-Original-Host", url.substring("https://".length(), path))
                .header("X-Original-URI", url.substring(path))
                .get("/auth")
                .then();
    }

    @Test
    void v1EndsAtTheMomentAndV4GoesOn() throws Exception {
        String v1 = presign("V1").statusCode(200).extract().path("url");
        String v4 = presign("V4").statusCode(200).extract().path("url");
        for (String url : new String[] {v1, v4}) {
            verify(url).body("allowed", equalTo(true));
            auth(url).statusCode(200);
        }
        // Both URLs are valid for an hour.
        clock.set(Duration.ofMinutes(31));
        verify(v1)
                .body("allowed", equalTo(false))
                .body("status", equalTo(403))
                .body("error.code", equalTo("AccessDenied"))
                .body("error.message", containsString("accepts only V4 signatures since"));
        auth(v1).statusCode(403)
                .body(containsString("<Code>AccessDenied</Code>"))
                .body(containsString("sign with V4"));
        verify(v4).body("allowed", equalTo(true));
        auth(v4).statusCode(200);
        presign("V1").statusCode(403).body("code", equalTo("SignatureVersionNotSignable"));
        presign("V4").statusCode(200);
        assertThat(given().baseUri(gateway.url()).get("/metrics").asString())
                .contains("countersign_signatures_total{version=\"V1\"} 4.0")
                .contains("countersign_signatures_total{version=\"V4\"} 4.0");
    }
}

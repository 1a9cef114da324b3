package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.gateway.packaged.PackagedGateway.Result;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are ended from the command line, on the store of a server that runs. */
class SessionRevocationIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - {name: app, accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]}
                roles:
                  - name: mobile
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: oss:GetObject, Resource: "acs:oss:*:*:photos/${jwt:sub}/*"}]}]
                oidcProviders:
                  - {name: login, issuer: "%s", clientIds: [%s], defaultRole: mobile, jwks: %s}
                buckets:
                  - {name: photos, region: cn-hangzhou}
            """;

    @TempDir
    private Path directory;

    private Tokens tokens;
    private String data;
    private PackagedGateway gateway;

    @BeforeEach
    void start() throws Exception {
        tokens = new Tokens();
        data = directory.resolve("data").toString();
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"), MANIFEST.formatted(Tokens.ISSUER, Tokens.AUDIENCE, tokens.jwks()));
        gateway = PackagedGateway.serve("serve", "--manifest", manifest.toString(), "--data", data, "--port", "0");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--role acs:ram::1234567890123456:role/mobile",
                "--provider acs:ram::1234567890123456:oidc-provider/login"
            })
    void aRunningServerRefusesTheSessionsWithinItsCachesTime(String whose) throws Exception {
        String revoked = url(session());
        assertThat(verdict(revoked)).contains("\"allowed\":true", "AssumedRoleUser");
        Result result = revoke(whose);
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .startsWith("revoked: sessions of the ")
                .contains(whose.split(" ")[1], " issued up to ")
                .hasLineCount(1);
        Instant bound = Instant.now().plus(CacheSettings.Bounds.DEFAULT.known());
        while (verdict(revoked).contains("\"allowed\":true") && Instant.now().isBefore(bound)) {
            Thread.sleep(100);
        }
        assertThat(verdict(revoked)).contains("\"allowed\":false", "InvalidSecurityToken", "0002-00000006");
        assertThat(verdict(url(session()))).contains("\"allowed\":true");
    }

    @Test
    void compromisedTokenKeysEndEverySessionWithinTheCachesTime() throws Exception {
        String revoked = url(session());
        assertThat(verdict(revoked)).contains("\"allowed\":true");
        Result result = PackagedGateway.run("rotate", "--compromised-token-keys", "--data", data);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("TokenKeyRotated  tk-");
        Thread.sleep(CacheSettings.Bounds.DEFAULT.known().toMillis());
        assertThat(verdict(revoked)).contains("\"allowed\":false", "InvalidSecurityToken");
        assertThat(verdict(url(session()))).contains("\"allowed\":true");
    }

    @Test
    void sessionsIssuedLaterThanTheMomentGoOn() throws Exception {
        String url = url(session());
        Instant before = Instant.now().minusSeconds(3_600);
        Result result = revoke("--access-key LTAI5tExampleKey --as-of " + before);
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("the access key LTAI5tExampleKey issued up to ");
        assertThat(revoke("--role acs:ram::1234567890123456:role/mobile --as-of " + before)
                        .exit())
                .isZero();
        Thread.sleep(CacheSettings.Bounds.DEFAULT.known().toMillis());
        assertThat(verdict(url)).contains("\"allowed\":true");
    }

    @Test
    void refusesATargetThatCannotBeRevoked() {
        assertRefused(revoke("--role acs:ram::1234567890123456:role/none"), "NotFound");
        assertRefused(revoke("--provider acs:ram::1:oidc-provider/login"), "NotFound");
        assertRefused(revoke("--access-key LTAI5tUnknown"), "NotFound");
        assertRefused(
                revoke("--access-key LTAI5tExampleKey --as-of " + Instant.now().plusSeconds(3_600)), "MomentToCome");
        String nowhere = directory.resolve("nowhere").toString();
        assertRefused(
                PackagedGateway.run("sessions", "revoke", "--access-key", "LTAI5tExampleKey", "--data", nowhere),
                "NoRegistry");
        assertThat(Path.of(nowhere)).doesNotExist();
    }

    private static void assertRefused(Result result, String code) {
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.errors()).hasSize(1);
        assertThat(result.err()).startsWith("countersign: " + code + ": ");
    }

    private Result revoke(String whose) {
        return PackagedGateway.run(("sessions revoke " + whose + " --data " + data).split(" "));
    }

    /** Alice's, as her phone gets it. */
    private Members session() throws Exception {
        String answer = RestAssured.given()
                .header("Authorization", "Bearer " + tokens.of("alice"))
                .get(gateway.url() + "/token")
                .asString();
        assertThat(answer).contains("\"StatusCode\":200");
        return Members.of(Values.parse(answer));
    }

    private static String url(Members session) throws Exception {
        return SessionUrl.of(session, "photos", "alice/a.jpg");
    }

    private String verdict(String url) {
        return RestAssured.given()
                .contentType("application/json")
                .body(JsonText.object(json -> json.put("method", "GET").put("url", url)))
                .post(gateway.url() + "/verify")
                .asString();
    }
}

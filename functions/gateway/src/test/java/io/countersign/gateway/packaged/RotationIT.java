package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.live.Bus;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys rotate in a running gateway, and what became of them is told. */
class RotationIT {
    private static final AccessKey SIGNER = new AccessKey("LTAI5tSigner", Secret.of("SignerSecret"));
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: signer
                    accessKeys: [{id: LTAI5tSigner, secret: SignerSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: signer}
            """;
    private static final String LEAK = """
            {"version": "0", "id": "leak-1", "detail-type": "AccessKeyCompromised", "source": "countersign", "time": "2026-11-22T03:00:00Z",
             "detail": {"accessKeyId": "LTAI5tSigner"}}""";

    @TempDir
    private Path directory;

    private final Bus bus = new Bus();

    RotationIT() throws Exception {}

    @BeforeEach
    void write() throws Exception {
        Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void aCompromisedKeyIsOutOfUseAtOnceAndStaysSoAfterARestart() throws Exception {
        bus.refuse(1);
        try (PackagedGateway gateway = serve()) {
            verify(gateway).then().body("allowed", equalTo(true));
            events(gateway, LEAK)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo("leak-1"))
                    .body("done[0].event", equalTo("AccessKeyDeactivated"))
                    .body("done[0].subject", equalTo(SIGNER.id()));
            String first = events(gateway, LEAK).asString();
            assertThat(events(gateway, LEAK).asString()).isEqualTo(first);
            verify(gateway).then().body("allowed", equalTo(false)).body("error.code", equalTo("InvalidAccessKeyId"));
            bus.await("AccessKeyDeactivated", "AccessKeyCreated", "SessionsRevoked");
            assertThat(gateway.output()).doesNotContain("SignerSecret");
        }
        decisionsAreListed();
        try (PackagedGateway gateway = serve()) {
            verify(gateway).then().body("error.code", equalTo("InvalidAccessKeyId"));
        }
        assertThat(bus.received())
                .allSatisfy(event -> assertThat(event)
                        .startsWith("application/cloudevents+json {\"specversion\":\"1.0\"")
                        .contains("\"source\":\"countersign\"")
                        .doesNotContain("SignerSecret"));
    }

    @Test
    void theScheduleTakesARotationOnByItself() throws Exception {
        try (PackagedGateway gateway = serve()) {
            String request = LEAK.replace("AccessKeyCompromised", "AccessKeyRotationRequested");
            events(gateway, request).then().statusCode(200).body("done[0].event", equalTo("AccessKeyCreated"));
            bus.await("AccessKeyCreated", "AccessKeyRetiring");
            verify(gateway).then().body("allowed", equalTo(true));
            events(gateway, request.replace("leak-1", "again"))
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("code", equalTo("RotationInProgress"));
            events(gateway, "{}").then().statusCode(400).body("code", equalTo("InvalidMember"));
        }
    }

    private void decisionsAreListed() {
        String data = directory.resolve("data").toString();
        PackagedGateway.Result text = PackagedGateway.run("audit", "--data", data);
        assertThat(text.errors()).isEmpty();
        assertThat(text.out())
                .contains("AccessKeyDeactivated  LTAI5tSigner  its secret may be known to others  leak-1")
                .contains("SessionsRevoked  LTAI5tSigner")
                .doesNotContain("SignerSecret");
        PackagedGateway.Result json = PackagedGateway.run("audit", "--json", "--data", data);
        assertThat(JsonPath.from(json.out()).getList("eventId"))
                .filteredOn("leak-1"::equals)
                .hasSize(3);
        assertThat(PackagedGateway.run("audit", "--month", "2000-01", "--data", data)
                        .out())
                .isEqualToIgnoringNewLines("decisions: 0");
    }

    @Test
    void rotatesByCommandWhileTheGatewayRuns() throws Exception {
        try (PackagedGateway gateway = serve()) {
            verify(gateway).then().body("allowed", equalTo(true));
            PackagedGateway.Result rotated = PackagedGateway.run(
                    "rotate",
                    "--compromised",
                    SIGNER.id(),
                    "--json",
                    "--data",
                    directory.resolve("data").toString());
            assertThat(rotated.exit()).as(rotated.err()).isZero();
            assertThat(JsonPath.from(rotated.out()).getList("done.event"))
                    .containsExactly("AccessKeyDeactivated", "AccessKeyCreated", "SessionsRevoked");
            verify(gateway).then().body("allowed", equalTo(false)).body("error.code", equalTo("InvalidAccessKeyId"));
        }
    }

    private PackagedGateway serve() {
        return PackagedGateway.serve(
                List.of(
                        "-Dcountersign.cache.ttl=PT0S",
                        "-Dcountersign.rotation.poll-interval=PT1S",
                        "-Dcountersign.events.webhook=" + bus.url()),
                "serve",
                "--manifest",
                directory.resolve("manifest.yaml").toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0");
    }

    private static Response events(PackagedGateway gateway, String event) {
        return given().contentType("application/json").body(event).post(gateway.url() + "/events");
    }

    private static Response verify(PackagedGateway gateway) throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object("photos", "a"),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        String query = new UrlSigner(new SigningKeys(1))
                .sign(url, SIGNER, Instant.now())
                .query()
                .encoded();
        return given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"https://photos.oss-cn-hangzhou.aliyuncs.com/a?" + query + "\"}")
                .post(gateway.url() + "/verify");
    }
}

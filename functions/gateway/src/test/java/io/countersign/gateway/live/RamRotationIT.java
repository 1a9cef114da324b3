package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.storage.Tokens;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.rotate.ram.RamFault;
import io.countersign.rotate.ram.RamKey;
import io.countersign.rotate.ram.RamServer;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a running gateway the keys of a user whose authority is RAM are RAM's. */
class RamRotationIT {
    private static final AccessKey FIRST = new AccessKey("LTAI5tSigner", Secret.of("SignerSecret"));
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** A fresh key is given that long to be known at RAM, besides the bound of the cache. */
    private static final Duration SPREAD = Duration.ofMinutes(6);

    private static final Duration SOON = Duration.ofMinutes(6);
    private static final Duration EVERY = Duration.ofDays(90);
    private static final Duration OVERLAP = Duration.ofDays(8);
    private static final Duration REMOVE_AFTER = Duration.ofDays(30);

    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: signer
                    authority: ram
                    accessKeys: [{id: LTAI5tSigner, secret: SignerSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                roles:
                  - name: mobile
                    trust:
                      Version: "1"
                      Statement:
                        - {Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}
                    policies:
                      - Version: "1"
                        Statement: [{Effect: Allow, Action: oss:GetObject, Resource: "acs:oss:*:*:photos/*"}]
                oidcProviders:
                  - {name: login, issuer: "%s", clientIds: [%s], defaultRole: mobile, jwks: %s}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: signer}
            """;

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final RamServer ram = new RamServer(clock);
    private final ProcessSettings settings = new ProcessSettings();
    private final Tokens login = new Tokens();
    private final Bus bus = new Bus();
    private Duration ahead = Duration.ZERO;

    RamRotationIT() throws Exception {}

    @BeforeEach
    void prepare() throws Exception {
        settings.set("countersign.rotation.ram-endpoint", ram.endpoint().uri().toString());
        settings.set("countersign.rotation.poll-interval", "PT1S");
        settings.set("countersign.cache.ttl", BOUND.toString());
        settings.set("countersign.events.webhook", bus.url());
        ram.put("signer", FIRST.id(), "SignerSecret", Instant.EPOCH);
        Files.writeString(
                directory.resolve("manifest.yaml"), MANIFEST.formatted(Tokens.ISSUER, Tokens.AUDIENCE, login.jwks()));
    }

    @AfterEach
    void stop() {
        ram.close();
        bus.close();
        settings.close();
    }

    @Test
    void aRequestedKeyIsMadeAtRamTakenUpAndTheOlderOneGoesThereToo() throws Exception {
        try (LiveGateway gateway = serve()) {
            Response answer = event(gateway, "request-1", "AccessKeyRotationRequested", FIRST.id());
            answer.then().statusCode(200).body("done.event", equalTo(List.of("AccessKeyCreated")));
            String second = answer.path("done.subject[0]");
            assertThat(atRam()).containsExactly(FIRST.id(), second);
            String before = presigned(gateway);
            assertThat(before).contains(FIRST.id());

            pass(SPREAD);
            bus.await("AccessKeyRetiring");
            pass(BOUND);
            String after = presigned(gateway);
            assertThat(after).contains(second);
            verified(gateway, after).body("allowed", equalTo(true));
            verified(gateway, before).body("allowed", equalTo(true));
            assertThat(takenByRam()).containsExactly(FIRST.id(), second);

            pass(OVERLAP);
            bus.await("AccessKeyDeactivated");
            assertThat(takenByRam()).containsExactly(second);
            pass(BOUND);
            refused(gateway, FIRST);

            pass(REMOVE_AFTER);
            bus.await("AccessKeyDeleted");
            assertThat(atRam()).containsExactly(second);
            assertThat(presigned(gateway)).contains(second);
            assertThat(bus.count("RotationFailed")).isZero();
            reportedNoSecret();
        }
    }

    @Test
    void aCompromisedKeyIsOutOfUseWithinTheCachesTimeAndAtRam() throws Exception {
        try (LiveGateway gateway = serve()) {
            verified(gateway, signedBy(FIRST)).body("allowed", equalTo(true));
            Response answer = event(gateway, "leak-1", "AccessKeyCompromised", FIRST.id());
            answer.then()
                    .statusCode(200)
                    .body(
                            "done.event",
                            equalTo(List.of("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyCreated")));
            String second = answer.path("done.subject[2]");
            assertThat(takenByRam()).containsExactly(second);
            pass(BOUND);
            refused(gateway, FIRST);
            assertThat(presigned(gateway)).contains(second);
            bus.await("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyCreated");
            assertThat(event(gateway, "leak-1", "AccessKeyCompromised", FIRST.id())
                            .asString())
                    .isEqualTo(answer.asString());
            reportedNoSecret();
        }
        try (LiveGateway gateway = serve()) {
            refused(gateway, FIRST);
        }
    }

    @Test
    void reportsAnOutageOfRamOnceAndContinuesAtTheNextScan() throws Exception {
        try (LiveGateway gateway = serve()) {
            ramIsDown();
            pass(EVERY);
            bus.await("RotationFailed");
            assertThat(presigned(gateway)).contains(FIRST.id());
            int asked = ram.actions().size();
            pass(SOON);
            for (int i = 0; i < 600 && ram.actions().size() == asked; i++) {
                Thread.sleep(100);
            }
            assertThat(ram.actions()).hasSizeGreaterThan(asked);
            assertThat(atRam()).containsExactly(FIRST.id());
            ram.goRight();
            pass(SOON);
            bus.await("AccessKeyCreated");
            assertThat(bus.count("RotationFailed")).isEqualTo(1);
            assertThat(atRam()).hasSize(2);
        }
    }

    @Test
    void aKeyThatLeaksWhileRamIsDownIsOutOfUseHereAtOnceAndThereWhenItIsBack() throws Exception {
        try (LiveGateway gateway = serve()) {
            verified(gateway, signedBy(FIRST)).body("allowed", equalTo(true));
            ramIsDown();
            event(gateway, "leak-1", "AccessKeyCompromised", FIRST.id()).then().statusCode(503);
            pass(BOUND);
            refused(gateway, FIRST);
            assertThat(takenByRam()).containsExactly(FIRST.id());
            bus.await("AccessKeyDeactivated", "SessionsRevoked", "RotationFailed");
            ram.goRight();
            pass(SOON);
            bus.await("AccessKeyCreated");
            event(gateway, "leak-1", "AccessKeyCompromised", FIRST.id()).then().statusCode(200);
            assertThat(takenByRam()).hasSize(1).doesNotContain(FIRST.id());
            pass(BOUND);
            assertThat(presigned(gateway)).contains(takenByRam().getFirst());
            assertThat(bus.count("RotationFailed")).isEqualTo(1);
            assertThat(bus.count("AccessKeyDeactivated")).isEqualTo(1);
            assertThat(bus.count("AccessKeyCreated")).isEqualTo(1);
        }
    }

    private LiveGateway serve() throws Exception {
        return new LiveGateway(directory.resolve("manifest.yaml"), directory.resolve("data"), clock);
    }

    private void pass(Duration time) {
        ahead = ahead.plus(time);
        clock.set(ahead);
    }

    private void ramIsDown() {
        ram.goWrong(Collections.nCopies(1_000, RamFault.DOWN).toArray(RamFault[]::new));
    }

    private List<String> atRam() {
        return ram.keys("signer").stream().map(RamKey::id).toList();
    }

    private List<String> takenByRam() {
        return ram.keys("signer").stream()
                .filter(RamKey::active)
                .map(RamKey::id)
                .toList();
    }

    private void reportedNoSecret() {
        assertThat(bus.received()).isNotEmpty().noneMatch(event -> event.contains("SignerSecret"));
        for (RamKey key : ram.keys("signer")) {
            assertThat(bus.received()).noneMatch(event -> event.contains(key.secret()));
        }
    }

    private Response event(LiveGateway gateway, String id, String type, String accessKeyId) {
        return given().contentType("application/json")
                .body("""
                {"version": "0", "id": "%s", "detail-type": "%s", "source": "countersign", "time": "2026-11-22T03:00:00Z",
                 "detail": {"accessKeyId": "%s"}}""".formatted(id, type, accessKeyId))
                .post(gateway.url() + "/events");
    }

    private String presigned(LiveGateway gateway) throws Exception {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + login.of("ada", clock.instant()))
                .body("{\"method\":\"GET\",\"bucket\":\"photos\",\"key\":\"a.jpg\",\"expiresIn\":3600}")
                .post(gateway.url() + "/presign")
                .then()
                .statusCode(200)
                .extract()
                .path("url");
    }

    private void refused(LiveGateway gateway, AccessKey key) throws Exception {
        verified(gateway, signedBy(key))
                .body("allowed", equalTo(false))
                .body("error.code", equalTo("InvalidAccessKeyId"));
    }

    private static ValidatableResponse verified(LiveGateway gateway, String url) {
        return given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"" + url + "\"}")
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(200);
    }

    private String signedBy(AccessKey key) throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object("photos", "a.jpg"),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        return "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, key, clock.instant())
                        .query()
                        .encoded();
    }
}

package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a role at each face of a running gateway, which answers on its event loop, on workers, and on a worker after an attempt on the event loop. */
class RoleLimitsTest {
    private static final int SIGNATURES = 12;
    private static final int SESSIONS = 5;

    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                roles:
                  - name: mobile
                    limits: {sessionsPerMinute: %d, signaturesPerMinute: %d}
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["oss:GetObject", "oss:PutObject"], Resource: "acs:oss:*:*:photos/${jwt:sub}/*"}]}]
                oidcProviders:
                  - {name: login, issuer: "%s", clientIds: [%s], defaultRole: mobile, jwks: %s}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app}
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
                MANIFEST.formatted(SESSIONS, SIGNATURES, Tokens.ISSUER, Tokens.AUDIENCE, tokens.jwks()));
        gateway = new LiveGateway(manifest, directory.resolve("data"), clock);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Response post(String path, String token, String body) {
        return given().baseUri(gateway.url())
                .header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    private Response withOidc(String token) {
        return given().baseUri(gateway.url())
                .formParam("Action", "AssumeRoleWithOIDC")
                .formParam("Version", "2015-04-01")
                .formParam("OIDCProviderArn", "acs:ram::1234567890123456:oidc-provider/login")
                .formParam("RoleArn", "acs:ram::1234567890123456:role/mobile")
                .formParam("RoleSessionName", "phone")
                .formParam("OIDCToken", token)
                .post("/");
    }

    private static String object(String subject) {
        return JsonText.object(json -> json.put("bucket", "photos").put("key", subject + "/a.jpg"));
    }

    private static String batch(String subject, int size) {
        return "{\"requests\":[" + String.join(",", java.util.Collections.nCopies(size, object(subject))) + "]}";
    }

    private String content(String subject) {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(clock.instant());
        return JsonText.object(json -> json.put("content", "GET\n\n\n" + date + "\n/photos/" + subject + "/a.jpg"));
    }

    private static void isOverTheLimit(Response answer) {
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("TooManyRequests"))
                .body("detail", containsString(SIGNATURES + " signatures in a minute"));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 70);
    }

    @Test
    void everySignatureOfASubjectIsCountedOnceAtAllFaces() throws Exception {
        String alice = tokens.of("alice", clock.instant());
        // The first calls read the store: attempts on the event loop that a worker begins anew. The later ones are
        // answered on the event loop.
        for (String path : List.of("/presign", "/post-policy", "/presign", "/post-policy")) {
            post(path, alice, object("alice")).then().statusCode(200);
        }
        for (int i = 0; i < 2; i++) {
            post("/sign-content", alice, content("alice")).then().statusCode(200);
        }
        // Refused: nothing is counted.
        post("/presign", alice, object("bob")).then().statusCode(403);
        post("/sign-content", alice, content("bob")).then().statusCode(403);
        isOverTheLimit(post("/presign", alice, batch("alice", SIGNATURES - 5)));
        post("/presign", alice, batch("alice", SIGNATURES - 6)).then().statusCode(200);
        isOverTheLimit(post("/presign", alice, object("alice")));
        isOverTheLimit(post("/post-policy", alice, object("alice")));
        isOverTheLimit(post("/sign-content", alice, content("alice")));
        post("/presign", tokens.of("bob", clock.instant()), object("bob"))
                .then()
                .statusCode(200);
        assertThat(given().baseUri(gateway.url()).get("/metrics").asString())
                .contains(
                        "countersign_decisions_total{code=\"TooManyRequests\",face=\"/sign-content\",outcome=\"refused\"} 1.0");
        clock.set(Duration.ofSeconds(70));
        post("/presign", alice, object("alice")).then().statusCode(200);
    }

    @Test
    void anAttemptThatAWorkerBeginsAnewIsCountedOnce() throws Exception {
        String alice = tokens.of("alice", clock.instant());
        int signed = 0;
        for (int i = 0; i < SIGNATURES + 4; i++) {
            // Each call is some seconds later than the one before, so that some of them find the cache past its time.
            clock.set(Duration.ofSeconds(3L * i));
            signed += post("/presign", alice, object("alice")).statusCode() == 200 ? 1 : 0;
        }
        assertThat(signed).isEqualTo(SIGNATURES);
    }

    @Test
    void sessionsAreCountedAtTokenAndAtSts() throws Exception {
        String alice = tokens.of("alice", clock.instant());
        for (int i = 0; i < SESSIONS - 1; i++) {
            post("/token", alice, "{}").then().statusCode(200).body("StatusCode", equalTo(200));
        }
        withOidc(alice).then().statusCode(200);
        Response past = post("/token", alice, "{}");
        past.then()
                .statusCode(200)
                .body("StatusCode", equalTo(429))
                .body("ErrorCode", equalTo("TooManyRequests"))
                .body("ErrorMessage", containsString(SESSIONS + " sessions in a minute"));
        assertThat(Integer.parseInt(past.header("Retry-After"))).isBetween(1, 70);
        Response oidc = withOidc(alice);
        oidc.then().statusCode(429).body("Code", equalTo("TooManyRequests"));
        assertThat(Integer.parseInt(oidc.header("Retry-After"))).isBetween(1, 70);
        post("/token", tokens.of("bob", clock.instant()), "{}").then().body("StatusCode", equalTo(200));
        post("/presign", alice, object("alice")).then().statusCode(200);
    }
}

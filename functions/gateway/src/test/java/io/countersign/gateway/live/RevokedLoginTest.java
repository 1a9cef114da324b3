package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.countersign.gateway.storage.SessionUrl;
import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revoked user, and a revoked session, at each face of a running gateway. */
class RevokedLoginTest {
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
                directory.resolve("manifest.yaml"), MANIFEST.formatted(Tokens.ISSUER, Tokens.AUDIENCE, tokens.jwks()));
        gateway = new LiveGateway(manifest, directory.resolve("data"), clock);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void cachesForget() {
        clock.set(CacheSettings.Bounds.DEFAULT.known());
    }

    private String login(String subject) throws Exception {
        return tokens.of(subject, clock.instant());
    }

    private ValidatableResponse post(String path, String token, String body) {
        return given().baseUri(gateway.url())
                .header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then();
    }

    private ValidatableResponse revoke(String body) {
        return given().baseUri(gateway.url())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/sessions/revoke")
                .then();
    }

    private Members session(String token) throws Exception {
        return Members.of(Values.parse(post("/token", token, "{}")
                .body("StatusCode", equalTo(200))
                .body("SessionId", matchesPattern("[0-9a-f]{32}"))
                .extract()
                .asString()));
    }

    private ValidatableResponse withOidc(String token) {
        return given().baseUri(gateway.url())
                .formParam("Action", "AssumeRoleWithOIDC")
                .formParam("Version", "2015-04-01")
                .formParam("OIDCProviderArn", "acs:ram::1234567890123456:oidc-provider/login")
                .formParam("RoleArn", "acs:ram::1234567890123456:role/mobile")
                .formParam("RoleSessionName", "phone")
                .formParam("OIDCToken", token)
                .post("/")
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

    private void answers(String token, String subject, boolean good) {
        String object = JsonText.object(
                json -> json.put("method", "GET").put("bucket", "photos").put("key", subject + "/a.jpg"));
        String upload = JsonText.object(json -> json.put("bucket", "photos").put("key", subject + "/a.jpg"));
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(clock.instant());
        String content =
                JsonText.object(json -> json.put("content", "GET\n\n\n" + date + "\n/photos/" + subject + "/a.jpg"));
        String[][] calls = {{"/presign", object}, {"/post-policy", upload}, {"/sign-content", content}};
        for (String[] call : calls) {
            ValidatableResponse answer = post(call[0], token, call[1]).statusCode(good ? 200 : 401);
            if (!good) {
                answer.body("code", equalTo("TokenRevoked"))
                        .body("detail", containsString("log in again"))
                        .header("WWW-Authenticate", containsString("invalid_token"));
            }
        }
        post("/token", token, "{}")
                .statusCode(200)
                .body(good ? "Code" : "ErrorCode", equalTo(good ? "Success" : "TokenRevoked"));
        withOidc(token)
                .statusCode(good ? 200 : 401)
                .body(
                        good ? "SessionId" : "Code",
                        good ? matchesPattern("[0-9a-f]{32}") : equalTo("AuthenticationFail.OIDCToken.Invalid"));
    }

    @Test
    void aRevokedUserIsRefusedAtEveryFaceUntilTheNextLogin() throws Exception {
        String alice = login("alice");
        String bob = login("bob");
        String url = SessionUrl.of(session(alice), "photos", "alice/a.jpg");
        String bobs = SessionUrl.of(session(bob), "photos", "bob/a.jpg");
        verify(url).body("allowed", equalTo(true));
        answers(alice, "alice", true);
        revoke("{\"provider\":\"login\",\"subject\":\"alice\"}")
                .statusCode(200)
                .body("provider", equalTo("acs:ram::1234567890123456:oidc-provider/login"))
                .body("subject", equalTo("alice"));
        cachesForget();
        verify(url).body("allowed", equalTo(false)).body("error.code", equalTo("InvalidSecurityToken"));
        auth(url).statusCode(403).body(containsString("<Code>InvalidSecurityToken</Code>"));
        answers(alice, "alice", false);
        verify(bobs).body("allowed", equalTo(true));
        auth(bobs).statusCode(200);
        answers(bob, "bob", true);
        String again = login("alice");
        answers(again, "alice", true);
    }

    @Test
    void aRevokedSessionEndsAlone() throws Exception {
        String alice = login("alice");
        Members lost = session(alice);
        String url = SessionUrl.of(lost, "photos", "alice/a.jpg");
        String other = SessionUrl.of(session(alice), "photos", "alice/a.jpg");
        verify(url).body("allowed", equalTo(true));
        revoke(JsonText.object(json -> json.put("session", text(lost)))).statusCode(200);
        cachesForget();
        verify(url).body("error.code", equalTo("InvalidSecurityToken"));
        auth(url).statusCode(403);
        verify(other).body("allowed", equalTo(true));
        answers(alice, "alice", true);
    }

    private static String text(Members session) {
        try {
            return session.string("SessionId");
        } catch (io.countersign.json.InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEventOfTheBusRevokesAUser() throws Exception {
        String alice = login("alice");
        answers(alice, "alice", true);
        given().baseUri(gateway.url())
                .contentType(ContentType.JSON)
                .body("{\"id\":\"lost-1\",\"detail-type\":\"SubjectCompromised\",\"source\":\"countersign\",\"time\":\""
                        + Instant.now() + "\",\"detail\":{\"provider\":\"login\",\"subject\":\"alice\"}}")
                .post("/events")
                .then()
                .statusCode(200)
                .body("done[0].event", equalTo("SessionsRevoked"));
        cachesForget();
        answers(alice, "alice", false);
        answers(login("bob"), "bob", true);
    }

    @Test
    void aUrlThatWasGivenOutLivesOn() throws Exception {
        String url = post(
                        "/presign",
                        login("alice"),
                        "{\"method\":\"GET\",\"bucket\":\"photos\",\"key\":\"alice/a.jpg\"}")
                .statusCode(200)
                .extract()
                .path("url");
        revoke("{\"provider\":\"login\",\"subject\":\"alice\"}").statusCode(200);
        cachesForget();
        clock.set(CacheSettings.Bounds.DEFAULT.known().plus(Duration.ofSeconds(1)));
        verify(url).body("allowed", equalTo(true));
    }
}

package io.countersign.gateway.live;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.countersign.gateway.storage.SessionUrl;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revoked user, and a revoked session, at each face of a running gateway. */
class RevokedLoginTest {
    @TempDir
    private Path directory;

    private PhotoApp app;

    @BeforeEach
    void serve() throws Exception {
        app = PhotoApp.in(directory).serve();
    }

    @AfterEach
    void close() {
        app.close();
    }

    private void cachesForget() {
        app.clock.set(CacheSettings.Bounds.DEFAULT.known());
    }

    private ValidatableResponse revoke(String body) {
        return app.post("/sessions/revoke", body);
    }

    private Members session(String token) throws Exception {
        return Members.of(Values.parse(app.post("/token", token, "{}")
                .body("StatusCode", equalTo(200))
                .body("SessionId", matchesPattern("[0-9a-f]{32}"))
                .extract()
                .asString()));
    }

    private void answers(String token, String subject, boolean good) {
        String object = PhotoApp.object(subject);
        String[][] calls = {{"/presign", object}, {"/post-policy", object}, {"/sign-content", app.content(subject)}};
        for (String[] call : calls) {
            ValidatableResponse answer = app.post(call[0], token, call[1]).statusCode(good ? 200 : 401);
            if (!good) {
                answer.body("code", equalTo("TokenRevoked"))
                        .body("detail", containsString("log in again"))
                        .header("WWW-Authenticate", containsString("invalid_token"));
            }
        }
        app.post("/token", token, "{}")
                .statusCode(200)
                .body(good ? "Code" : "ErrorCode", equalTo(good ? "Success" : "TokenRevoked"));
        app.withOidc(token)
                .statusCode(good ? 200 : 401)
                .body(
                        good ? "SessionId" : "Code",
                        good ? matchesPattern("[0-9a-f]{32}") : equalTo("AuthenticationFail.OIDCToken.Invalid"));
    }

    @Test
    void aRevokedUserIsRefusedAtEveryFaceUntilTheNextLogin() throws Exception {
        String alice = app.login("alice");
        String bob = app.login("bob");
        String url = SessionUrl.of(session(alice), "photos", "alice/a.jpg");
        String bobs = SessionUrl.of(session(bob), "photos", "bob/a.jpg");
        app.verify(url).body("allowed", equalTo(true));
        answers(alice, "alice", true);
        revoke("{\"provider\":\"login\",\"subject\":\"alice\"}")
                .statusCode(200)
                .body("provider", equalTo("acs:ram::1234567890123456:oidc-provider/login"))
                .body("subject", equalTo("alice"));
        cachesForget();
        app.verify(url).body("allowed", equalTo(false)).body("error.code", equalTo("InvalidSecurityToken"));
        app.auth(url).statusCode(403).body(containsString("<Code>InvalidSecurityToken</Code>"));
        answers(alice, "alice", false);
        app.verify(bobs).body("allowed", equalTo(true));
        app.auth(bobs).statusCode(200);
        answers(bob, "bob", true);
        String again = app.login("alice");
        answers(again, "alice", true);
    }

    @Test
    void aRevokedSessionEndsAlone() throws Exception {
        String alice = app.login("alice");
        Members lost = session(alice);
        String url = SessionUrl.of(lost, "photos", "alice/a.jpg");
        String other = SessionUrl.of(session(alice), "photos", "alice/a.jpg");
        app.verify(url).body("allowed", equalTo(true));
        revoke(JsonText.object(json -> json.put("session", text(lost)))).statusCode(200);
        cachesForget();
        app.verify(url).body("error.code", equalTo("InvalidSecurityToken"));
        app.auth(url).statusCode(403);
        app.verify(other).body("allowed", equalTo(true));
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
        String alice = app.login("alice");
        answers(alice, "alice", true);
        app.post(
                        "/events",
                        "{\"id\":\"lost-1\",\"detail-type\":\"SubjectCompromised\",\"source\":\"countersign\",\"time\":\""
                                + Instant.now()
                                + "\",\"detail\":{\"provider\":\"login\",\"subject\":\"alice\"}}")
                .statusCode(200)
                .body("done[0].event", equalTo("SessionsRevoked"));
        cachesForget();
        answers(alice, "alice", false);
        answers(app.login("bob"), "bob", true);
    }

    @Test
    void aUrlThatWasGivenOutLivesOn() throws Exception {
        String url = app.post(
                        "/presign",
                        app.login("alice"),
                        "{\"method\":\"GET\",\"bucket\":\"photos\",\"key\":\"alice/a.jpg\"}")
                .statusCode(200)
                .extract()
                .path("url");
        revoke("{\"provider\":\"login\",\"subject\":\"alice\"}").statusCode(200);
        cachesForget();
        app.clock.set(CacheSettings.Bounds.DEFAULT.known().plus(Duration.ofSeconds(1)));
        app.verify(url).body("allowed", equalTo(true));
    }
}

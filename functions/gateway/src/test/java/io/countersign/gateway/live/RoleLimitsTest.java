package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a role at each face of a running gateway, which answers on its event loop, on workers, and on a worker after an attempt on the event loop. */
class RoleLimitsTest {
    private static final int SIGNATURES = 12;
    private static final int SESSIONS = 5;

    @TempDir
    private Path directory;

    private PhotoApp app;

    @BeforeEach
    void serve() throws Exception {
        app = PhotoApp.in(directory)
                .role("limits: {sessionsPerMinute: " + SESSIONS + ", signaturesPerMinute: " + SIGNATURES + "}")
                .serve();
    }

    @AfterEach
    void close() {
        app.close();
    }

    private static String batch(String subject, int size) {
        return "{\"requests\":[" + String.join(",", Collections.nCopies(size, PhotoApp.object(subject))) + "]}";
    }

    private static void isOverTheLimit(ValidatableResponse answer) {
        answer.statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("TooManyRequests"))
                .body("detail", containsString(SIGNATURES + " signatures in a minute"));
        assertThat(Integer.parseInt(answer.extract().header("Retry-After"))).isBetween(1, 70);
    }

    @Test
    void everySignatureOfASubjectIsCountedOnceAtAllFaces() throws Exception {
        String alice = app.login("alice");
        // The first calls read the store: attempts on the event loop that a worker begins anew. The later ones are
        // answered on the event loop.
        for (String path : List.of("/presign", "/post-policy", "/presign", "/post-policy")) {
            app.post(path, alice, PhotoApp.object("alice")).statusCode(200);
        }
        for (int i = 0; i < 2; i++) {
            app.post("/sign-content", alice, app.content("alice")).statusCode(200);
        }
        // Refused: nothing is counted.
        app.post("/presign", alice, PhotoApp.object("bob")).statusCode(403);
        app.post("/sign-content", alice, app.content("bob")).statusCode(403);
        isOverTheLimit(app.post("/presign", alice, batch("alice", SIGNATURES - 5)));
        app.post("/presign", alice, batch("alice", SIGNATURES - 6)).statusCode(200);
        isOverTheLimit(app.post("/presign", alice, PhotoApp.object("alice")));
        isOverTheLimit(app.post("/post-policy", alice, PhotoApp.object("alice")));
        isOverTheLimit(app.post("/sign-content", alice, app.content("alice")));
        app.post("/presign", app.login("bob"), PhotoApp.object("bob")).statusCode(200);
        assertThat(app.call().get("/metrics").asString())
                .contains(
                        "countersign_decisions_total{code=\"TooManyRequests\",face=\"/sign-content\",outcome=\"refused\"} 1.0");
        app.clock.set(Duration.ofSeconds(70));
        app.post("/presign", alice, PhotoApp.object("alice")).statusCode(200);
    }

    @Test
    void anAttemptThatAWorkerBeginsAnewIsCountedOnce() throws Exception {
        String alice = app.login("alice");
        int signed = 0;
        for (int i = 0; i < SIGNATURES + 4; i++) {
            // Each call is some seconds later than the one before, so that some of them find the cache past its time.
            app.clock.set(Duration.ofSeconds(3L * i));
            signed += app.post("/presign", alice, PhotoApp.object("alice"))
                                    .extract()
                                    .statusCode()
                            == 200
                    ? 1
                    : 0;
        }
        assertThat(signed).isEqualTo(SIGNATURES);
    }

    @Test
    void sessionsAreCountedAtTokenAndAtSts() throws Exception {
        String alice = app.login("alice");
        for (int i = 0; i < SESSIONS - 1; i++) {
            app.post("/token", alice, "{}").statusCode(200).body("StatusCode", equalTo(200));
        }
        app.withOidc(alice).statusCode(200);
        ValidatableResponse past = app.post("/token", alice, "{}");
        past.statusCode(200)
                .body("StatusCode", equalTo(429))
                .body("ErrorCode", equalTo("TooManyRequests"))
                .body("ErrorMessage", containsString(SESSIONS + " sessions in a minute"));
        assertThat(Integer.parseInt(past.extract().header("Retry-After"))).isBetween(1, 70);
        ValidatableResponse oidc = app.withOidc(alice);
        oidc.statusCode(429).body("Code", equalTo("TooManyRequests"));
        assertThat(Integer.parseInt(oidc.extract().header("Retry-After"))).isBetween(1, 70);
        app.post("/token", app.login("bob"), "{}").body("StatusCode", equalTo(200));
        app.post("/presign", alice, PhotoApp.object("alice")).statusCode(200);
    }
}

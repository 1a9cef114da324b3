package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role that lists the face of uploads alone, which is the default role of its users' provider besides, at each face of a running gateway. */
class RoleFacesTest {
    private static final String FILE = "{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"size\":1000}";

    @TempDir
    private Path directory;

    private PhotoApp app;

    @BeforeEach
    void serve() throws Exception {
        app = PhotoApp.in(directory).role("faces: [uploads]").serve();
    }

    @AfterEach
    void close() {
        app.close();
    }

    private static void isRefused(ValidatableResponse answer, String face) {
        answer.statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("FaceNotAllowed"))
                .body("detail", containsString("do not include " + face + ";"));
    }

    @Test
    void itsUsersUploadAndGetNothingElse() throws Exception {
        String alice = app.login("alice");
        // On the event loop and on workers, with what was remembered of the call before.
        for (int i = 0; i < 3; i++) {
            app.post("/uploads/photo", alice, FILE)
                    .statusCode(200)
                    .body("key", startsWith("alice/"))
                    .body("put.url", containsString("x-oss-additional-headers=content-length"));
            app.post("/uploads/photo", alice, FILE.replace("1000", "1001"))
                    .statusCode(400)
                    .body("code", equalTo("FileTooLarge"));
            isRefused(app.post("/presign", alice, PhotoApp.object("alice")), "presign");
            isRefused(app.post("/presign", alice, "{\"requests\":[" + PhotoApp.object("alice") + "]}"), "presign");
            isRefused(app.post("/post-policy", alice, PhotoApp.object("alice")), "post-policy");
            isRefused(app.post("/sign-content", alice, app.content("alice")), "sign-content");
            for (String body : new String[] {"{}", "{\"role\":\"mobile\"}"}) {
                app.post("/token", alice, body)
                        .statusCode(200)
                        .body("StatusCode", equalTo(403))
                        .body("ErrorCode", equalTo("FaceNotAllowed"));
            }
            app.withOidc(alice)
                    .statusCode(403)
                    .body("Code", equalTo("NoPermission"))
                    .body("Message", containsString("do not include sts;"));
        }
        assertThat(app.call().get("/metrics").asString())
                .contains(
                        "countersign_decisions_total{code=\"FaceNotAllowed\",face=\"/token\",outcome=\"refused\"} 6.0",
                        "countersign_decisions_total{code=\"FaceNotAllowed\",face=\"/sign-content\",outcome=\"refused\"} 3.0");
    }
}

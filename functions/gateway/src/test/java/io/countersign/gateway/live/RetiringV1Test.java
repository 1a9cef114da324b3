package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.json.JsonText;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket whose minimumSignatureVersion begins while the gateway runs. */
class RetiringV1Test {
    @TempDir
    private Path directory;

    private PhotoApp app;

    @BeforeEach
    void serve() throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS);
        app = PhotoApp.in(directory)
                .bucket(", minimumSignatureVersion: V4, minimumSignatureVersionFrom: \"" + end + "\"")
                .serve();
    }

    @AfterEach
    void close() {
        app.close();
    }

    private ValidatableResponse presign(String version) throws Exception {
        return app.post(
                "/presign",
                app.login("alice"),
                JsonText.object(json ->
                        json.put("bucket", "photos").put("key", "alice/a.jpg").put("version", version)));
    }

    @Test
    void v1EndsAtTheMomentAndV4GoesOn() throws Exception {
        String v1 = presign("V1").statusCode(200).extract().path("url");
        String v4 = presign("V4").statusCode(200).extract().path("url");
        for (String url : new String[] {v1, v4}) {
            app.verify(url).body("allowed", equalTo(true));
            app.auth(url).statusCode(200);
        }
        // Both URLs are valid for an hour.
        app.clock.set(Duration.ofMinutes(31));
        app.verify(v1)
                .body("allowed", equalTo(false))
                .body("status", equalTo(403))
                .body("error.code", equalTo("AccessDenied"))
                .body("error.message", containsString("accepts only V4 signatures since"));
        app.auth(v1)
                .statusCode(403)
                .body(containsString("<Code>AccessDenied</Code>"))
                .body(containsString("sign with V4"));
        app.verify(v4).body("allowed", equalTo(true));
        app.auth(v4).statusCode(200);
        presign("V1").statusCode(403).body("code", equalTo("SignatureVersionNotSignable"));
        presign("V4").statusCode(200);
        assertThat(app.call().get("/metrics").asString())
                .contains("countersign_signatures_total{version=\"V1\"} 4.0")
                .contains("countersign_signatures_total{version=\"V4\"} 4.0");
    }
}

package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A URL that {@code /presign} binds to an address, at {@code /verify} and {@code /auth}. */
class BoundUrlTest {
    private static final String CALLER = "203.0.113.7";

    @TempDir
    private static Path directory;

    private static PhotoApp app;

    @BeforeAll
    static void start() throws Exception {
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            app = PhotoApp.in(directory).serve();
        }
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "V4, caller, 203.0.113.7, 203.0.113.8",
        "V1, caller, 203.0.113.7, 203.0.113.8",
        "V4, 198.51.100.0/24, 198.51.100.255, 198.51.101.0",
        "V1, 198.51.100.0/24, 198.51.100.255, 198.51.101.0",
        "V4, 2001:db8::/32, 2001:db8:1::1, 2001:db9::1",
        "V4, 198.51.100.9, 198.51.100.9, 203.0.113.7"
    })
    void isGoodFromThereOnly(String version, String sourceIp, String inside, String outside) throws Exception {
        String url = url(version, sourceIp);
        assertThat(allowed(url, Optional.of(inside))).isTrue();
        assertThat(allowed(url, Optional.of(outside))).isFalse();
        assertThat(allowed(url, Optional.empty())).isFalse();
        assertThat(allowed(url.replaceAll("x-oss-ac-[a-z-]*=[^&]*&", ""), Optional.of(inside)))
                .as("without the bound")
                .isFalse();
        assertThat(forwarded(url, inside)).isEqualTo(200);
        assertThat(forwarded(url, outside)).isEqualTo(403);
    }

    private static String url(String version, String sourceIp) throws Exception {
        return app.as(app.login("alice"))
                .header("X-Forwarded-For", CALLER)
                .header("X-Forwarded-Proto", "https")
                .body(JsonText.object(json -> json.put("bucket", "photos")
                        .put("key", "alice/a.jpg")
                        .put("version", version)
                        .put("sourceIp", sourceIp)))
                .post("/presign")
                .then()
                .statusCode(200)
                .extract()
                .path("url");
    }

    private static boolean allowed(String url, Optional<String> sourceIp) {
        return app.post(
                        "/verify",
                        JsonText.object(json ->
                                json.put("method", "GET").put("url", url).put("sourceIp", sourceIp)))
                .statusCode(200)
                .extract()
                .path("allowed");
    }

    /** The status of {@code /auth} for a client at this address. */
    private static int forwarded(String url, String client) {
        return app.forwarded("GET", url)
                .header("X-Forwarded-For", client)
                .header("X-Forwarded-Proto", "https")
                .get("/auth")
                .statusCode();
    }
}

package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page of an app, in a real browser: it calls the gateway with its user's token, and the storage with what it got. */
@Tag("browser")
@ExtendWith(AppStorageParameter.class)
class BrowserIT {
    private static final long PATIENCE_SECONDS = 120;

    private final AppStorage guarded;

    BrowserIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    /** How a page says that it fared: in its own text, and to its server. */
    private String outcome(String page, String script) throws Exception {
        String values = JsonText.object(json -> {
            json.put("gateway", guarded.gateway.url()).put("storage", guarded.storage.endpoint());
            json.put("bucket", GuardedStorageManifest.PRIVATE);
            try {
                json.put("token", guarded.tokens.of("alice"));
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
        String html = resource("page.html").replace("<VALUES>", values).replace("<SCRIPT>", resource(script));
        try (Chromium chromium = Chromium.open(guarded.app.page(page, html))) {
            return guarded.app.outcome(PATIENCE_SECONDS);
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = BrowserIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFormOfThePolicyUploadsAFile() throws Exception {
        assertThat(outcome("form", "form.js")).isEqualTo("uploaded");
        StoredObject stored =
                guarded.storage.object(GuardedStorageManifest.PRIVATE, "users/alice/forms/from a browser ü.txt");
        assertThat(new String(stored.content(), StandardCharsets.UTF_8)).isEqualTo("a file of the page's own: é");
        assertThat(stored.headers()).containsEntry("content-type", "text/plain");
    }

    @Test
    void aFormOutsideItsPolicyUploadsNothing() throws Exception {
        assertThat(outcome("outside", "outside.js"))
                .isEqualTo("AccessDenied AccessDenied AccessDenied EntityTooLarge SignatureDoesNotMatch");
        assertThat(guarded.storage.keys(GuardedStorageManifest.PRIVATE)).noneMatch(key -> key.contains("outside"));
    }

    @Test
    void aPagePutsByAPresignedUrlOfItsOwn() throws Exception {
        assertThat(outcome("put", "put.js")).isEqualTo("put 200, read back: put by a page");
        StoredObject stored = guarded.storage.object(GuardedStorageManifest.PRIVATE, "users/alice/put by a page.txt");
        assertThat(stored.headers()).containsEntry("content-type", "text/plain");
    }

    @Test
    void aPageReadsWhyItWasRefused() throws Exception {
        assertThat(outcome("refused", "refused.js")).isEqualTo("403 AccessDenied, 401 MissingToken");
    }

    @Test
    void anotherOriginsPageMayCallNothing() throws Exception {
        try (AppPages other = AppPages.start()) {
            String html = resource("page.html")
                    .replace(
                            "<VALUES>",
                            JsonText.object(json -> Map.of(
                                            "gateway",
                                            guarded.gateway.url(),
                                            "storage",
                                            guarded.storage.endpoint(),
                                            "bucket",
                                            GuardedStorageManifest.PRIVATE,
                                            "token",
                                            "none")
                                    .forEach(json::put)))
                    .replace("<SCRIPT>", resource("foreign.js"));
            try (Chromium chromium = Chromium.open(other.page("foreign", html))) {
                assertThat(other.outcome(PATIENCE_SECONDS)).isEqualTo("blocked, blocked");
            }
        }
    }
}

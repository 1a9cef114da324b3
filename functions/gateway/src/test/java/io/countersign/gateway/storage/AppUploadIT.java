package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages of docs/apps in a real browser upload to the storage what their manifest describes; Uppy is npm's own. */
@Tag("browser")
class AppUploadIT {
    private static final Path DOCS = Path.of("..", "..", "docs", "apps");
    private static final Path UPPY = Path.of("target", "node", "node_modules", "uppy", "dist", "uppy.min.mjs");
    private static final String STATE = "document.querySelector('output').dataset.state";
    private static final String SAID = "document.querySelector('output').textContent";
    private static final String BYTES = "document.querySelector('progress').value";
    private static final int MIB = 1024 * 1024;

    private static PageStorage guarded;

    @BeforeAll
    static void start() throws Exception {
        guarded = PageStorage.start();
        if (Files.exists(UPPY)) {
            // One bundle of npm's package has both modules that the page names.
            guarded.app.page("uppy.js", Files.readString(UPPY));
            guarded.app.page("core.js", "export {Uppy as default} from './uppy.js';");
            guarded.app.page("aws-s3.js", "export {AwsS3 as default} from './uppy.js';");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        guarded.close();
    }

    /** A page as it stands in docs/apps, with the values of this app. */
    private static String page(String file, String upload, String bearer) throws Exception {
        String app = JsonText.object(
                json -> json.put("countersign", guarded.gateway.url()).put("name", upload));
        String html = Files.readString(DOCS.resolve(file))
                .replace("./node_modules/@uppy/", "./")
                .replaceFirst(
                        "(?=<script type=\"(?:module|importmap)\">)",
                        "<script>window.app = {..." + app + ", token: () => '" + bearer + "'}</script>\n");
        return guarded.app.page(upload + "-" + file, html);
    }

    private static void choose(DevTools page, String name, String type, int bytes) {
        page.evaluate("(() => { const bytes = new Uint8Array(" + bytes
                + "); bytes.forEach((each, at) => bytes[at] = at % 251); const chosen = new DataTransfer();"
                + " chosen.items.add(new File([bytes], '" + name + "', {type: '" + type + "'}));"
                + " const input = document.querySelector('input[type=file]'); input.files = chosen.files;"
                + " input.dispatchEvent(new Event('change')); })()");
    }

    /** The browser begins with an empty document. */
    private static void ready(DevTools page) throws InterruptedException {
        page.await(STATE, "idle");
        page.await("document.readyState", "complete");
    }

    private static void submit(DevTools page) {
        page.evaluate("document.querySelector('form').requestSubmit()");
    }

    private static List<String> stored(String prefix) throws Exception {
        return guarded.storage.keys(GuardedStorageManifest.PRIVATE).stream()
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    private static void isWhole(String key, int bytes, String type) throws Exception {
        StoredObject object = guarded.storage.object(GuardedStorageManifest.PRIVATE, key);
        byte[] content = object.content();
        assertThat(content).hasSize(bytes);
        for (int i = 0; i < bytes; i++) {
            if ((content[i] & 0xFF) != i % 251) {
                throw new AssertionError("another byte at " + i);
            }
        }
        assertThat(object.headers()).containsEntry("content-type", type);
    }

    @Test
    void partsArePausedAndResumed() throws Exception {
        try (Chromium chromium = Chromium.open(page("upload.html", "film", guarded.tokens.of("ann")));
                DevTools page = DevTools.of(chromium.port())) {
            ready(page);
            choose(page, "holiday.mp4", "video/mp4", 30 * MIB);
            // The first part that is stored pauses the upload.
            page.evaluate(
                    "(() => { const bar = document.querySelector('progress'); new MutationObserver((seen, watch) => {"
                            + " if (bar.value > 0) { watch.disconnect(); document.querySelector('button[name=pause]').click(); } })"
                            + ".observe(bar, {attributes: true}); })()");
            submit(page);
            page.await(STATE, "paused");
            String paused = page.evaluate(BYTES);
            Thread.sleep(1_000);
            assertThat(page.evaluate(BYTES)).isEqualTo(paused);
            assertThat(Double.parseDouble(paused)).isBetween(0.1, 0.9);
            assertThat(stored("users/ann/film-")).isEmpty();

            page.evaluate("document.querySelector('button[name=pause]').click()");
            page.await(STATE, "stored");
            assertThat(stored("users/ann/film-")).singleElement().satisfies(key -> {
                assertThat(page.evaluate(SAID)).isEqualTo("Stored as " + key);
                isWhole(key, 30 * MIB, "video/mp4");
            });
        }
    }

    @Test
    void formsAndPutsAreStored() throws Exception {
        for (String upload : List.of("picture", "avatar")) {
            try (Chromium chromium = Chromium.open(page("upload.html", upload, guarded.tokens.of("ben")));
                    DevTools page = DevTools.of(chromium.port())) {
                ready(page);
                choose(page, "me.png", "image/png", 1_000);
                submit(page);
                page.await(STATE, "stored");
                assertThat(stored("users/ben/" + upload))
                        .singleElement()
                        .satisfies(key -> isWhole(key, 1_000, "image/png"));
            }
        }
    }

    @Test
    void anotherTypeAndALargerFileAreRefused() throws Exception {
        try (Chromium chromium = Chromium.open(page("upload.html", "picture", guarded.tokens.of("carl")));
                DevTools page = DevTools.of(chromium.port())) {
            ready(page);
            choose(page, "me.html", "text/html", 1_000);
            submit(page);
            page.await(STATE, "failed");
            String type = page.evaluate("window.first = " + SAID);
            choose(page, "me.png", "image/png", MIB + 1);
            submit(page);
            page.await(SAID + " !== window.first && " + STATE + " === 'failed'", "true");
            assertThat(List.of(type, page.evaluate(SAID))).allMatch(text -> text.matches("(?s).*\\([A-Z][A-Za-z]+\\)"));
            assertThat(stored("users/carl/")).isEmpty();
        }
    }

    @Test
    void uppyUploadsFormsAndParts() throws Exception {
        assertThat(UPPY).as("npm ci in target/node").exists();
        try (Chromium chromium = Chromium.open(page("uppy.html", "film", guarded.tokens.of("dora")));
                DevTools page = DevTools.of(chromium.port())) {
            page.await("typeof window.uppy", "object");
            page.evaluate(
                    "(() => { let once = true; uppy.on('upload-progress', (file, progress) => {"
                            + " if (once && progress.bytesUploaded > 6e6) { once = false; uppy.pauseAll(); document.title = 'paused'; } }); })()");
            choose(page, "holiday.mp4", "video/mp4", 30 * MIB);
            page.await("document.title", "paused");
            Thread.sleep(500);
            assertThat(stored("users/dora/film-")).isEmpty();
            page.evaluate("uppy.resumeAll()");
            page.await("document.getElementById('said').textContent", "holiday.mp4: stored\n");
            assertThat(stored("users/dora/film-"))
                    .singleElement()
                    .satisfies(key -> isWhole(key, 30 * MIB, "video/mp4"));

            // Below 8 MiB the page has Uppy post a form.
            page.evaluate("uppy.clear()");
            choose(page, "short.mp4", "video/mp4", MIB);
            page.await("document.getElementById('said').textContent", "holiday.mp4: stored\nshort.mp4: stored\n");
            assertThat(stored("users/dora/film-")).hasSize(2);
        }
    }

    @Test
    void uppyIsRefusedAnotherTypeAndSize() throws Exception {
        assertThat(UPPY).as("npm ci in target/node").exists();
        try (Chromium chromium = Chromium.open(page("uppy.html", "picture", guarded.tokens.of("emil")));
                DevTools page = DevTools.of(chromium.port())) {
            page.await("typeof window.uppy", "object");
            choose(page, "me.html", "text/html", 1_000);
            page.await("document.getElementById('said').textContent.startsWith('me.html: ')", "true");
            page.evaluate("uppy.clear()");
            choose(page, "me.png", "image/png", MIB + 1);
            page.await("document.getElementById('said').textContent.includes('me.png: ')", "true");
            assertThat(page.evaluate("document.getElementById('said').textContent"))
                    .doesNotContain("stored");
            assertThat(stored("users/emil/")).isEmpty();
        }
    }
}

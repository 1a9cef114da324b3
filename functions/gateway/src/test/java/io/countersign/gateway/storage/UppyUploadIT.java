package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/apps/uppy.html in a real browser, with npm's own Uppy, through the store port. */
@Tag("browser")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PageStores.Parameter.class)
class UppyUploadIT {
    private static final int MIB = 1024 * 1024;

    private final StoreKind kind;
    private final PageStores stores;
    private final UploadedFiles uploaded;

    UppyUploadIT(StoreKind kind, PageStores stores) {
        this.kind = kind;
        this.stores = stores;
        this.uploaded = new UploadedFiles(stores.of(kind));
    }

    private UploadPage open(String upload, String subject) throws Exception {
        UploadPage page = stores.open(kind, "uppy.html", upload, subject);
        page.await("typeof window.uppy", "object");
        return page;
    }

    @Test
    void formsAndPartsAreStored() throws Exception {
        try (UploadPage page = open("film", "dora")) {
            page.evaluate(
                    "(() => { let once = true; uppy.on('upload-progress', (file, progress) => {"
                            + " if (once && progress.bytesUploaded > 6e6) { once = false; uppy.pauseAll(); document.title = 'paused'; } }); })()");
            page.choose("holiday.mp4", "video/mp4", 30 * MIB);
            page.await("document.title", "paused");
            Thread.sleep(500);
            assertThat(uploaded.keys("users/dora/film-")).isEmpty();
            page.evaluate("uppy.resumeAll()");
            page.awaitSaid("holiday.mp4: stored\n");
            assertThat(uploaded.keys("users/dora/film-"))
                    .singleElement()
                    .satisfies(key -> uploaded.isWhole("dora", key, 30 * MIB, "video/mp4"));

            // Below 8 MiB the page has Uppy post a form.
            page.evaluate("uppy.clear()");
            page.choose("short.mp4", "video/mp4", MIB);
            page.awaitSaid("holiday.mp4: stored\nshort.mp4: stored\n");
            assertThat(uploaded.keys("users/dora/film-")).hasSize(2);
        }
    }

    @Test
    void anotherTypeAndSizeAreRefused() throws Exception {
        try (UploadPage page = open("picture", "emil")) {
            page.choose("me.html", "text/html", 1_000);
            page.awaitSaidMore("me.html: ");
            page.evaluate("uppy.clear()");
            page.choose("me.png", "image/png", MIB + 1);
            page.awaitSaidMore("me.png: ");
            assertThat(page.said()).doesNotContain("stored");
        }
        assertThat(uploaded.keys("users/emil/")).isEmpty();
    }

    /** Uppy names no size when it begins: what is too large ends when it completes. */
    @Test
    void partsBeyondTheLargestSizeAreRefused() throws Exception {
        try (UploadPage page = open("video", "emil")) {
            page.choose("long.mp4", "video/mp4", 20 * MIB + 1);
            page.awaitSaidMore("long.mp4: ");
            assertThat(page.said()).doesNotContain("stored");
        }
        assertThat(uploaded.keys("users/emil/")).isEmpty();
    }
}

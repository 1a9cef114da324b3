package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/apps/upload.html in a real browser uploads through the store port what the manifest describes. */
@Tag("browser")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PageStores.Parameter.class)
class AppUploadIT {
    private static final String BYTES = "document.querySelector('progress').value";
    private static final int MIB = 1024 * 1024;

    private final StoreKind kind;
    private final PageStores stores;
    private final UploadedFiles uploaded;

    AppUploadIT(StoreKind kind, PageStores stores) {
        this.kind = kind;
        this.stores = stores;
        this.uploaded = new UploadedFiles(stores.of(kind));
    }

    private UploadPage open(String upload, String subject) throws Exception {
        return stores.open(kind, "upload.html", upload, subject);
    }

    @Test
    void partsArePausedAndResumed() throws Exception {
        try (UploadPage page = open("film", "ann")) {
            page.choose("holiday.mp4", "video/mp4", 30 * MIB);
            page.pauseAfterAPart();
            page.submit();
            page.awaitState("paused");
            String paused = page.evaluate(BYTES);
            Thread.sleep(1_000);
            assertThat(page.evaluate(BYTES)).isEqualTo(paused);
            assertThat(Double.parseDouble(paused)).isBetween(0.1, 0.9);
            assertThat(uploaded.keys("users/ann/film-")).isEmpty();

            page.press("pause");
            page.awaitState("stored");
            assertThat(uploaded.keys("users/ann/film-")).singleElement().satisfies(key -> {
                assertThat(page.said()).isEqualTo("Stored as " + key);
                uploaded.isWhole("ann", key, 30 * MIB, "video/mp4");
            });
        }
    }

    @Test
    void formsAndPutsAreStored() throws Exception {
        for (String upload : List.of("picture", "avatar")) {
            try (UploadPage page = open(upload, "ben")) {
                page.choose("me.png", "image/png", 1_000);
                page.submit();
                page.awaitState("stored");
                assertThat(uploaded.keys("users/ben/" + upload))
                        .singleElement()
                        .satisfies(key -> uploaded.isWhole("ben", key, 1_000, "image/png"));
            }
        }
    }

    @Test
    void anotherTypeAndALargerFileAreRefused() throws Exception {
        for (String upload : List.of("picture", "avatar", "film")) {
            try (UploadPage page = open(upload, "carl")) {
                page.choose("me.html", "text/html", 1_000);
                page.submit();
                page.awaitSaidMore("(ContentTypeNotAllowed)");
                page.choose(
                        "me",
                        upload.equals("film") ? "video/mp4" : "image/png",
                        upload.equals("film") ? 64 * MIB + 1 : MIB + 1);
                page.submit();
                page.awaitSaidMore("(FileTooLarge)");
                page.awaitState("failed");
            }
        }
        assertThat(uploaded.keys("users/carl/")).isEmpty();
    }

    /** A page that was asked for one file and sends another: the storage refuses. */
    @Test
    void aFileThatChangesOnItsWayIsRefused() throws Exception {
        for (String upload : List.of("picture", "avatar", "film")) {
            try (UploadPage page = open(upload, "cleo")) {
                page.choose("a", upload.equals("film") ? "video/mp4" : "image/png", 1_000);
                // Countersign is told of the file; the storage gets one byte more, or more than the form allows.
                page.changingRequests(
                        "if (given.body instanceof FormData) { given.body.set('file', new File([new Uint8Array("
                                + (MIB + 1)
                                + ")], 'a')); } else if (given.body instanceof Blob) { given.body = new Blob([given.body, 'x']); }");
                page.submit();
                page.awaitState("failed");
                assertThat(page.said())
                        .endsWith(upload.equals("picture") ? "(EntityTooLarge)" : "(SignatureDoesNotMatch)");
            }
        }
        assertThat(uploaded.keys("users/cleo/")).isEmpty();
    }
}

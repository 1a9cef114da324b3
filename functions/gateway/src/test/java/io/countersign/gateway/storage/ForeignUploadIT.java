package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of one user, in a browser, reaches for the upload and for the keys of another. */
@Tag("browser")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PageStores.Parameter.class)
class ForeignUploadIT {
    private static final int MIB = 1024 * 1024;
    private static final String REFUSED = "404 UploadIdNotFound";
    private static final String PARTS =
            "{\"parts\":[{\"PartNumber\":1,\"ETag\":\"0123456789abcdef0123456789abcdef\"}]}";

    private final StoreKind kind;
    private final PageStores stores;
    private final UploadedFiles uploaded;

    ForeignUploadIT(StoreKind kind, PageStores stores) {
        this.kind = kind;
        this.stores = stores;
        this.uploaded = new UploadedFiles(stores.of(kind));
    }

    @Test
    void anUploadIdOfAnotherUserIsRefused() throws Exception {
        try (UploadPage fay = stores.open(kind, "upload.html", "film", "fay");
                UploadPage gus = stores.open(kind, "upload.html", "film", "gus")) {
            fay.evaluate("(() => { const plain = window.fetch; window.fetch = async (url, given) => {"
                    + " const answer = await plain(url, given);"
                    + " if (url.endsWith('/uploads/film')) { window.begun = await answer.clone().json(); }"
                    + " return answer; }; })()");
            fay.choose("holiday.mp4", "video/mp4", 30 * MIB);
            fay.pauseAfterAPart();
            fay.submit();
            fay.awaitState("paused");
            String key = fay.evaluate("begun.key");
            String id = fay.evaluate("begun.multipart.uploadId");
            String companion = "film/s3/multipart/" + id;
            String own = "film/multipart/" + id;
            assertThat(fay.answer("GET", companion + "?key=" + key, "")).isEqualTo("200");
            for (String query : List.of("", "?key=" + key, "?key=" + key.replace("/fay/", "/gus/"))) {
                assertThat(gus.answer("GET", companion + query, "")).as("list").isEqualTo(REFUSED);
                assertThat(gus.answer("GET", companion + "/1" + query, ""))
                        .as("sign a part")
                        .isEqualTo(REFUSED);
                assertThat(gus.answer("POST", companion + "/complete" + query, PARTS))
                        .as("complete")
                        .isEqualTo(REFUSED);
                assertThat(gus.answer("DELETE", companion + query, ""))
                        .as("abort")
                        .isEqualTo(REFUSED);
                for (String path : List.of("/complete", "/abort")) {
                    assertThat(gus.answer("POST", own + path + query, ""))
                            .as(path)
                            .isEqualTo(REFUSED);
                }
            }
            assertThat(gus.answer("GET", companion + "/batch?partNumbers=1,2", ""))
                    .as("sign parts")
                    .isEqualTo(REFUSED);
            assertThat(uploaded.keys("users/fay/")).isEmpty();

            fay.press("pause");
            fay.awaitState("stored");
            uploaded.isWhole("fay", key, 30 * MIB, "video/mp4");
        }
    }

    /** As Uppy goes on with an upload that it remembers. */
    @Test
    void uppyCannotGoOnWithTheUploadOfAnotherUser() throws Exception {
        try (UploadPage fay = stores.open(kind, "uppy.html", "film", "flo");
                UploadPage gus = stores.open(kind, "uppy.html", "film", "gus")) {
            fay.await("typeof window.uppy", "object");
            fay.evaluate(
                    "uppy.once('s3-multipart:part-uploaded', () => { uppy.pauseAll(); document.title = 'paused'; })");
            fay.choose("holiday.mp4", "video/mp4", 30 * MIB);
            fay.await("document.title", "paused");
            String remembered = fay.evaluate("JSON.stringify(uppy.getFiles()[0].s3Multipart)");

            gus.await("typeof window.uppy", "object");
            gus.evaluate(
                    "(() => { const id = uppy.addFile({name: 'mine.mp4', type: 'video/mp4', data: new File([new Uint8Array("
                            + 30 * MIB + ")], 'mine.mp4')}); uppy.setFileState(id, {s3Multipart: " + remembered
                            + "}); uppy.upload(); })()");
            gus.awaitSaidMore("mine.mp4: ");
            assertThat(gus.said()).doesNotContain("stored");
            assertThat(uploaded.keys("users/gus/")).isEmpty();

            fay.evaluate("uppy.resumeAll()");
            fay.awaitSaid("holiday.mp4: stored\n");
            assertThat(uploaded.keys("users/flo/"))
                    .singleElement()
                    .satisfies(key -> uploaded.isWhole("flo", key, 30 * MIB, "video/mp4"));
        }
    }

    @Test
    void noUploadBeginsUnderAKeyOfAnotherUser() throws Exception {
        try (UploadPage hal = stores.open(kind, "upload.html", "film", "hal")) {
            String key = "users/ida/film-1.mp4";
            assertThat(hal.answer(
                            "POST",
                            "film",
                            "{\"filename\":\"a.mp4\",\"contentType\":\"video/mp4\",\"size\":1,\"key\":\"" + key
                                    + "\"}"))
                    .startsWith("400 ");
            assertThat(hal.answer(
                            "POST",
                            "film/s3/multipart",
                            "{\"filename\":\"a.mp4\",\"type\":\"video/mp4\",\"key\":\"" + key + "\"}"))
                    .startsWith("400 ");
            assertThat(hal.answer("GET", "film/s3/params?filename=a.mp4&type=video/mp4&key=" + key, ""))
                    .isEqualTo("400 InvalidParameter");
        }
        // The name of the file leads nowhere.
        try (UploadPage hal = stores.open(kind, "upload.html", "film", "hal")) {
            hal.choose("../ida/film-1.mp4", "video/mp4", 1_000);
            hal.submit();
            hal.awaitState("stored");
        }
        assertThat(uploaded.keys("users/")).noneMatch(key -> key.startsWith("users/ida/"));
        assertThat(uploaded.keys("users/hal/film-")).hasSize(1);
    }

    /** What Countersign signed for one key, sent to another. */
    @Test
    void nothingIsStoredUnderAKeyOfAnotherUser() throws Exception {
        for (String upload : List.of("picture", "avatar", "film")) {
            try (UploadPage jon = stores.open(kind, "upload.html", upload, "jon")) {
                jon.choose("a", upload.equals("film") ? "video/mp4" : "image/png", 1_000);
                jon.changingRequests(
                        "if (given.body instanceof FormData) { given.body.set('key', given.body.get('key').replace('/jon/', '/kim/')); }"
                                + " else { url = url.replace('/jon/', '/kim/'); }");
                jon.submit();
                jon.awaitState("failed");
                assertThat(jon.said())
                        .endsWith(upload.equals("picture") ? "(AccessDenied)" : "(SignatureDoesNotMatch)");
            }
        }
        try (UploadPage jon = stores.open(kind, "uppy.html", "picture", "jon")) {
            jon.await("typeof window.uppy", "object");
            jon.evaluate("uppy.getPlugin('AwsS3Multipart').setOptions({getUploadParameters: async () => {"
                    + " const url = app.countersign + '/uploads/picture/s3/params?filename=a.png&type=image/png';"
                    + " const form = await (await fetch(url, {headers: {Authorization: 'Bearer ' + app.token()}})).json();"
                    + " form.fields.key = form.fields.key.replace('/jon/', '/kim/'); return form; }})");
            jon.choose("a.png", "image/png", 1_000);
            jon.awaitSaidMore("a.png: ");
            assertThat(jon.said()).doesNotContain("stored");
        }
        assertThat(uploaded.keys("users/kim/")).isEmpty();
        assertThat(uploaded.keys("users/jon/")).isEmpty();
    }
}

package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.MIB;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.oss.Target;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload that is completed again: by a client that lost the first answer, or that retries. */
class CompletedAgainTest {
    private final UploadWorld world = new UploadWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAnswerIsTheFirstOne(boolean listsEnded) {
        if (listsEnded) {
            world.storage.listsWhatHasEnded();
        }
        String id = begun("video", 20 * MIB);
        world.storage.has(1, 8 * MIB).has(2, 8 * MIB).has(3, 4 * MIB);
        Reply first = complete("video", id);
        assertThat(first.status()).as(first.body().utf8()).isEqualTo(200);
        world.storage.forget();
        for (int i = 0; i < 2; i++) {
            Reply again = complete("video", id);
            assertThat(again.status()).as(again.body().utf8()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
        }
        assertThat(world.storage.asked()).containsExactly("GET parts after 0", "HEAD", "GET parts after 0", "HEAD");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void companionsAnswerIsTheFirstOne(boolean listsEnded) {
        if (listsEnded) {
            world.storage.listsWhatHasEnded();
        }
        String id = created("video");
        world.storage.has(1, 5 * MIB).has(2, MIB);
        Reply first = companion("video", id, 2, 1);
        assertThat(first.status()).as(first.body().utf8()).isEqualTo(200);
        assertThat(companion("video", id, 2, 1).body()).isEqualTo(first.body());
        // Other parts than those of the object.
        refused(companion("video", id, 1), 404, "UploadEnded");
    }

    /** Two calls at once: the parts are still listed, and then the other call is the first. */
    @Test
    void theCallThatComesSecondAtTheStorageGetsTheSameAnswer() {
        String id = begun("video", MIB);
        world.storage.has(1, MIB);
        world.storage.completesWith(404, "<Error><Code>NoSuchUpload</Code></Error>");
        Reply reply = complete("video", id);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(text(reply, "size")).isEqualTo(Long.toString(MIB));
        assertThat(world.storage.asked()).endsWith("POST complete", "HEAD");
    }

    /** Of a storage whose ETags do not tell of parts. */
    @Test
    void theSizeTellsWhereNoOtherUploadWritesTheKey() {
        String id = begun("video", MIB);
        world.storage.ends(Optional.of(new StoredObject("\"5d41402abc4b2a76b9719d911017c592\"", MIB)));
        assertThat(complete("video", id).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_048_575, 1_048_577})
    void anObjectOfAnotherSizeIsNotTheUploads(long size) {
        String id = begun("video", MIB);
        world.storage.ends(Optional.of(new StoredObject(FakeStorage.eTagOf(1), size)));
        refused(complete("video", id), 404, "UploadEnded");
        world.storage.listsWhatHasEnded();
        refused(complete("video", id), 404, "UploadEnded");
    }

    @Test
    void anObjectThatIsLargerThanAnUploadIsNotTheUploads() {
        String id = created("video");
        world.storage.ends(Optional.of(new StoredObject("\"5d41402abc4b2a76b9719d911017c592-9\"", 64 * MIB + 1)));
        refused(complete("video", id), 404, "UploadEnded");
    }

    @Test
    void whereOthersWriteTheSameKeyOnlyThePartsTell() {
        world.records.upload(shared());
        String id = created("shared");
        world.storage.ends(Optional.of(new StoredObject(FakeStorage.eTagOf(2), 6 * MIB)));
        // Its parts are gone, so that the object may be another upload's.
        refused(complete("shared", id), 404, "UploadEnded");
        assertThat(companion("shared", id, 2, 1).status()).isEqualTo(200);
        refused(companion("shared", id, 1), 404, "UploadEnded");
        refused(companion("shared", id, 3, 1), 404, "UploadEnded");
        world.storage.ends(Optional.of(new StoredObject("\"5d41402abc4b2a76b9719d911017c592\"", 6 * MIB)));
        refused(companion("shared", id, 2, 1), 404, "UploadEnded");
        world.storage.ends(Optional.of(new StoredObject(FakeStorage.eTagOf(3), 6 * MIB)));
        refused(companion("shared", id, 2, 1), 404, "UploadEnded");
    }

    @Test
    void anUploadThatWasAbortedHasEnded() {
        world.storage.listsWhatHasEnded();
        String id = begun("video", MIB);
        world.storage.has(1, MIB);
        assertThat(world.call("POST", "video/multipart/" + id + "/abort", Optional.empty(), "", TOKEN, NOW)
                        .status())
                .isEqualTo(200);
        world.storage.forget();
        refused(complete("video", id), 404, "UploadEnded");
        assertThat(world.storage.asked()).containsExactly("GET parts after 0", "HEAD", "GET uploads");
        assertThat(world.storage.last().query().first("prefix").orElseThrow())
                .startsWith("users/alice/video-")
                .endsWith(".png");
        assertThat(world.storage.last().target()).isEqualTo(Target.bucket("examplebucket"));
    }

    @Test
    void anUploadWithoutPartsIsIncomplete() {
        String id = begun("video", MIB);
        refused(complete("video", id), 409, "UploadIncomplete");
    }

    /** The signer may neither read the object nor list uploads. */
    @Test
    void aStorageThatTellsNothingLeavesTheUploadEnded() {
        String id = begun("video", MIB);
        world.storage.has(1, MIB);
        assertThat(complete("video", id).status()).isEqualTo(200);
        world.storage.refuses("HEAD", "GET uploads");
        refused(complete("video", id), 404, "UploadEnded");
        world.storage.listsWhatHasEnded();
        refused(complete("video", id), 409, "UploadIncomplete");
    }

    private static Upload shared() {
        return new Upload(
                TestRegistry.ACCOUNT,
                "shared",
                "examplebucket",
                TestRegistry.ROLE,
                UploadKey.of("users/${jwt:sub}/shared${ext}").orElseThrow(),
                List.of("image/png"),
                64 * MIB,
                Upload.Kind.MULTIPART,
                8 * MIB,
                Duration.ofMinutes(10),
                false);
    }

    private String begun(String name, long size) {
        return text(world.post(name, file("a.png", "image/png", size)), "multipart.uploadId");
    }

    private String created(String name) {
        return text(world.post(name + "/s3/multipart", "{\"filename\":\"a.png\",\"type\":\"image/png\"}"), "uploadId");
    }

    private Reply complete(String name, String id) {
        return world.call("POST", name + "/multipart/" + id + "/complete", Optional.empty(), "", TOKEN, NOW);
    }

    private Reply companion(String name, String id, int... parts) {
        StringBuilder list = new StringBuilder();
        for (int part : parts) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"PartNumber\":")
                    .append(part)
                    .append(",\"ETag\":\"")
                    .append("%032x".formatted(part))
                    .append("\"}");
        }
        return world.post(name + "/s3/multipart/" + id + "/complete", "{\"parts\":[" + list + "]}");
    }
}

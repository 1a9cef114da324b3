package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.MIB;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.json;
import static io.countersign.presign.uploads.UploadWorld.member;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.token.TypedSeal;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.registry.RoleLimits;
import io.countersign.registry.Upload;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart uploads: Countersign asks the storage, and holds whose upload it is and how large it may be. */
class MultipartTest {
    private static final String COMPANION =
            "{\"filename\":\"a.png\",\"type\":\"image/png\",\"metadata\":{\"name\":\"a\"}}";

    private final UploadWorld world = new UploadWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eachPartIsBoundToItsSize() {
        Reply reply = begun(20 * MIB);
        assertThat(text(reply, "key")).startsWith("users/alice/video-").endsWith(".png");
        assertThat(text(reply, "expiration")).isEqualTo("2026-11-22T08:10:00Z");
        assertThat(text(reply, "multipart.partBytes")).isEqualTo(Long.toString(8 * MIB));
        List<Value> parts = ((Value.ArrayValue) member(member(json(reply), "multipart"), "parts")).elements();
        assertThat(parts)
                .map(part -> JsonText.of(member(part, "size")))
                .containsExactly(Long.toString(8 * MIB), Long.toString(8 * MIB), Long.toString(4 * MIB));
        assertThat(parts).map(part -> JsonText.of(member(part, "partNumber"))).containsExactly("1", "2", "3");
        assertThat(parts)
                .allSatisfy(part -> assertThat(((Value.StringValue) member(part, "url")).text())
                        .contains("uploadId=" + FakeStorage.UPLOAD_ID, "x-oss-additional-headers=content-length"));
        assertThat(world.storage.asked()).containsExactly("POST uploads");
        assertThat(world.storage.last().headers().first("content-type")).contains("image/png");
        assertThat(reply.body().utf8()).doesNotContain(UploadWorld.SECRET);
    }

    @Test
    void completeSumsTheStoragesParts() {
        Reply begun = begun(20 * MIB);
        world.storage.has(1, 8 * MIB).has(2, 8 * MIB);
        refused(complete(begun), 409, "UploadIncomplete");
        world.storage.has(3, 4 * MIB);
        Reply completed = complete(begun);
        assertThat(completed.status()).as(completed.body().utf8()).isEqualTo(200);
        assertThat(text(completed, "key")).isEqualTo(text(begun, "key"));
        assertThat(text(completed, "size")).isEqualTo(Long.toString(20 * MIB));
        assertThat(world.storage.completion())
                .contains(
                        "<PartNumber>3</PartNumber>",
                        "<ETag>" + FakeStorage.eTag(3).replace("\"", "&quot;") + "</ETag>");
    }

    @Test
    void theUrlsOfCompleteAndAbortNameTheHostOfTheCall() {
        Reply begun = begun(MIB);
        assertThat(text(begun, "multipart.complete.url"))
                .isEqualTo("https://sign.example.com/uploads/video/multipart/" + id(begun) + "/complete");
        assertThat(text(begun, "multipart.abort.url"))
                .isEqualTo("https://sign.example.com/uploads/video/multipart/" + id(begun) + "/abort");
    }

    @Test
    void whatIsTooLargeIsAborted() {
        Reply created = created();
        for (int part = 1; part <= 9; part++) {
            world.storage.has(part, 8 * MIB);
        }
        refused(complete(created), 400, "FileTooLarge");
        assertThat(world.storage.asked()).endsWith("GET parts after 0", "DELETE");
        refused(complete(created), 404, "UploadEnded");
    }

    @Test
    void everyPageOfPartsIsSummed() {
        world.records.upload(UploadWorld.upload("video", Upload.Kind.MULTIPART, 2_500, false));
        Reply created = created();
        for (int part = 1; part <= 2_501; part++) {
            world.storage.has(part, 1);
        }
        refused(complete(created), 400, "FileTooLarge");
        assertThat(world.storage.asked())
                .containsSubsequence("GET parts after 0", "GET parts after 1000", "GET parts after 2000", "DELETE");
    }

    @Test
    void abortDeletesTheParts() {
        Reply begun = begun(MIB);
        assertThat(call("POST", "video/multipart/" + id(begun) + "/abort").status())
                .isEqualTo(200);
        assertThat(world.storage.asked()).endsWith("DELETE");
        assertThat(call("DELETE", "video/multipart/" + id(begun) + "/abort").status())
                .isEqualTo(200);
        refused(complete(begun), 404, "UploadEnded");
    }

    @Test
    void companionsPathsSpeakAsCompanion() {
        Reply created = created();
        String id = text(created, "uploadId");
        String key = "key=" + text(created, "key").replace("/", "%2F");
        assertThat(text(created, "bucket")).isEqualTo("examplebucket");
        String path = "video/s3/multipart/" + id;
        Reply part = world.get(path + "/1", key);
        assertThat(text(part, "url")).contains("partNumber=1").doesNotContain("content-length");
        assertThat(text(part, "expires")).isEqualTo("600");
        Reply batch = world.get(path + "/batch", key + "&partNumbers=2,3");
        assertThat(text(batch, "presignedUrls.2")).contains("partNumber=2");
        assertThat(text(batch, "presignedUrls.3")).contains("partNumber=3");
        world.storage.has(1, 5 * MIB).has(2, MIB);
        Reply listed = world.get(path, key);
        assertThat(listed.body().utf8())
                .isEqualTo("[{\"PartNumber\":1,\"Size\":" + 5 * MIB + ",\"ETag\":" + quoted(FakeStorage.eTag(1))
                        + "},{\"PartNumber\":2,\"Size\":" + MIB + ",\"ETag\":" + quoted(FakeStorage.eTag(2)) + "}]");
        String bare = FakeStorage.eTag(1).replace("\"", "");
        Reply completed = world.call(
                "POST",
                path + "/complete",
                Optional.of(key),
                "{\"parts\":[{\"PartNumber\":2,\"ETag\":" + quoted(FakeStorage.eTag(2))
                        + "},{\"PartNumber\":1,\"ETag\":\"" + bare + "\"}]}",
                TOKEN,
                NOW);
        assertThat(completed.status()).as(completed.body().utf8()).isEqualTo(200);
        assertThat(text(completed, "location"))
                .isEqualTo(world.storage.endpoint() + "/examplebucket/" + text(created, "key"));
        assertThat(text(completed, "key")).isEqualTo(text(created, "key"));
        assertThat(world.storage.completion().indexOf("<PartNumber>1<"))
                .isBetween(0, world.storage.completion().indexOf("<PartNumber>2<"));
    }

    @Test
    void companionsDeleteAborts() {
        Reply created = created();
        Reply aborted = call("DELETE", "video/s3/multipart/" + text(created, "uploadId"));
        assertThat(aborted.status()).isEqualTo(200);
        assertThat(aborted.body().utf8()).isEqualTo("{}");
        assertThat(world.storage.asked()).endsWith("DELETE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"parts\":[{\"PartNumber\":1,\"ETag\":\"other\"}]}",
                "{\"parts\":[{\"PartNumber\":2,\"ETag\":\"00000000000000000000000000000001\"}]}"
            })
    void aPartThatTheStorageHasNotIsRefused(String body) {
        Reply created = created();
        world.storage.has(1, MIB);
        Reply reply = world.call(
                "POST",
                "video/s3/multipart/" + text(created, "uploadId") + "/complete",
                Optional.empty(),
                body,
                TOKEN,
                NOW);
        refused(reply, 409, "PartsRefused");
        assertThat(world.storage.asked()).doesNotContain("POST complete");
    }

    @Test
    void onlyItsOwnCallerHasTheUpload() throws Exception {
        Reply begun = begun(MIB);
        String id = id(begun);
        world.storage.has(1, MIB);
        for (String path : List.of(
                "video/multipart/" + id + "/complete",
                "video/multipart/" + id + "/abort",
                "video/s3/multipart/" + id + "/complete")) {
            Reply foreign = world.call("POST", path, Optional.empty(), "", UploadWorld.other(), NOW);
            Reply unknown = world.call("POST", path.replace(id, "x"), Optional.empty(), "", TOKEN, NOW);
            refused(foreign, 404, "UploadIdNotFound");
            assertThat(foreign.body()).isEqualTo(unknown.body());
        }
        refused(
                world.call("GET", "video/s3/multipart/" + id, Optional.empty(), "", UploadWorld.other(), NOW),
                404,
                "UploadIdNotFound");
        refused(world.get("video/s3/multipart/" + id, "key=users%2Fbob%2Fx"), 404, "UploadIdNotFound");
        refused(world.get("video/s3/multipart/" + id + "/1", "key=users%2Fbob%2Fx"), 404, "UploadIdNotFound");
        refused(call("POST", "avatar/multipart/" + id + "/complete"), 404, "UploadIdNotFound");
        refused(call("POST", "video/multipart/" + id.substring(1) + "/complete"), 404, "UploadIdNotFound");
        String callback = new TypedSeal("callback", world.records.registry(), Seeds.secure())
                .seal(ticket(id).text(), NOW);
        refused(call("POST", "video/multipart/" + callback + "/complete"), 404, "UploadIdNotFound");
        assertThat(world.storage.asked()).containsExactly("POST uploads");
    }

    @Test
    void theIdTellsNothing() throws Exception {
        String id = id(begun(MIB));
        assertThat(new String(
                        java.util.Base64.getUrlDecoder().decode(id.split("\\.")[3]),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(FakeStorage.UPLOAD_ID, "alice");
        UploadTicket ticket = ticket(id);
        assertThat(ticket.storageId()).isEqualTo(FakeStorage.UPLOAD_ID);
        assertThat(ticket.size()).hasValue(MIB);
        assertThat(ticket.toString()).doesNotContain(FakeStorage.UPLOAD_ID);
        assertThat(UploadTicket.read(ticket.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(ticket);
    }

    @Test
    void theTimeOfAnUploadEnds() {
        Reply begun = begun(MIB);
        String path = "video/multipart/" + id(begun) + "/complete";
        world.storage.has(1, MIB);
        refused(world.call("POST", path, Optional.empty(), "", TOKEN, NOW.plusSeconds(600)), 403, "UploadExpired");
        refused(
                world.call("POST", path, Optional.empty(), "", UploadWorld.other(), NOW.plusSeconds(600)),
                404,
                "UploadIdNotFound");
        assertThat(world.call("POST", path, Optional.empty(), "", TOKEN, NOW.plusSeconds(599))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRoleThatMayWriteNoMoreCompletesNothing() {
        Reply begun = begun(MIB);
        world.storage.has(1, MIB);
        world.records.role(
                TestRegistry.ACCOUNT,
                TestRegistry.ROLE,
                TestRegistry.TRUST,
                TestRegistry.policy("Allow", "oss:GetObject", "*"));
        refused(complete(begun), 403, "AccessDenied");
        refused(world.get("video/s3/multipart/" + id(begun) + "/1", ""), 403, "AccessDenied");
        assertThat(world.storage.asked()).containsExactly("POST uploads");
    }

    @Test
    void anUploadThatIsNotMultipartHasNoParts() {
        refused(
                world.post("avatar/s3/multipart", "{\"filename\":\"a.png\",\"type\":\"image/png\",\"metadata\":{}}"),
                409,
                "NotMultipart");
        refused(
                world.post("video/s3/multipart", "{\"filename\":\"a.png\",\"type\":\"text/html\",\"metadata\":{}}"),
                400,
                "ContentTypeNotAllowed");
    }

    @Test
    void theStorageIsAskedOnAWorker() {
        try (UploadWorld loop = new UploadWorld(Duration.ofSeconds(5), refusing())) {
            assertThatThrownBy(() -> loop.post("video", file("a.png", "image/png", 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(loop.storage.asked()).isEmpty();
            assertThat(loop.post("avatar", file("a.png", "image/png", 1)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void manyPartsAreSignedOnAWorkerAndCountedThere() {
        AtomicBoolean worker = new AtomicBoolean(true);
        LongWork longWork = () -> {
            if (!worker.get()) {
                throw new IllegalStateException("a worker is needed");
            }
        };
        // The beginning, and each part once.
        RoleLimits limits = new RoleLimits(OptionalInt.empty(), OptionalInt.of(1 + 51));
        try (UploadWorld loop = new UploadWorld(Duration.ofSeconds(5), longWork, limits, CallbackSettings.NONE)) {
            String batch =
                    "video/s3/multipart/" + text(loop.post("video/s3/multipart", COMPANION), "uploadId") + "/batch";
            worker.set(false);
            assertThatThrownBy(() -> loop.get(batch, numbers(51))).isInstanceOf(IllegalStateException.class);
            worker.set(true);
            assertThat(loop.get(batch, numbers(51)).status()).isEqualTo(200);
        }
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "partNumbers=", ""));
    }

    private static LongWork refusing() {
        return () -> {
            throw new IllegalStateException("a worker is needed");
        };
    }

    private UploadTicket ticket(String id) throws Exception {
        byte[] content = new TypedSeal("upload", world.records.registry(), Seeds.secure())
                .open(id, NOW)
                .orElseThrow();
        return UploadTicket.read(content);
    }

    private Reply begun(long size) {
        Reply reply = world.post("video", file("a.png", "image/png", size));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return reply;
    }

    private Reply created() {
        Reply reply = world.post("video/s3/multipart", COMPANION);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return reply;
    }

    private Reply complete(Reply begun) {
        return call("POST", "video/multipart/" + id(begun) + "/complete");
    }

    private Reply call(String method, String path) {
        return world.call(method, path, Optional.empty(), "", TOKEN, NOW);
    }

    private static String id(Reply begun) {
        return begun.body().utf8().contains("\"multipart\"")
                ? text(begun, "multipart.uploadId")
                : text(begun, "uploadId");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}

package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.MIB;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.registry.RoleLimits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an upload has besides: the callback that its manifest wants, and its share of the role's limits. */
class CallbackAndLimitTest {
    private static final CallbackSettings CALLBACKS =
            new CallbackSettings(Optional.of(URI.create("https://sign.example.com/callbacks/oss")));

    private static UploadWorld world(RoleLimits limits) {
        return new UploadWorld(Duration.ofSeconds(5), LongWork.ANYWHERE, limits, CALLBACKS);
    }

    @Test
    void aPutAndAFormCannotLeaveTheCallbackOut() {
        try (UploadWorld world = world(RoleLimits.NONE)) {
            Reply put = world.post("told", file("a.png", "image/png", 1));
            requireCallback(text(put, "put.headers.x-oss-callback"));
            Reply form = world.post("told-form", file("a.png", "image/png", 1));
            String callback = text(form, "form.fields.callback");
            requireCallback(callback);
            String policy =
                    new String(Base64.getDecoder().decode(text(form, "form.fields.policy")), StandardCharsets.UTF_8);
            assertThat(policy).contains("[\"eq\",\"$callback\",\"" + callback + "\"]");
        }
    }

    @Test
    void theCallbackOfPartsIsPartOfTheirCompletion() {
        try (UploadWorld world = world(RoleLimits.NONE)) {
            Reply begun = world.post("told-video", file("a.png", "image/png", MIB));
            assertThat(begun.body().utf8()).doesNotContain("callback");
            world.storage.has(1, MIB);
            String path = "told-video/multipart/" + text(begun, "multipart.uploadId") + "/complete";
            assertThat(world.call("POST", path, Optional.empty(), "", TOKEN, NOW)
                            .status())
                    .isEqualTo(200);
            requireCallback(
                    world.storage.last().headers().first("x-oss-callback").orElseThrow());
        }
    }

    @Test
    void aCallbackThatFailedLeavesTheObject() {
        try (UploadWorld world = world(RoleLimits.NONE)) {
            Reply begun = world.post("told-video", file("a.png", "image/png", MIB));
            world.storage.has(1, MIB).completesWith(203, "<Error><Code>CallbackFailed</Code></Error>");
            String path = "told-video/multipart/" + text(begun, "multipart.uploadId") + "/complete";
            assertThat(world.call("POST", path, Optional.empty(), "", TOKEN, NOW)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void eachUrlAndFormCountsAsASignature() {
        RoleLimits two = new RoleLimits(OptionalInt.empty(), OptionalInt.of(2));
        try (UploadWorld world = world(two)) {
            assertThat(world.post("avatar", file("a.png", "image/png", 1)).status())
                    .isEqualTo(200);
            assertThat(world.post("form", file("a.png", "image/png", 1)).status())
                    .isEqualTo(200);
            Reply third = world.post("avatar", file("a.png", "image/png", 1));
            refused(third, 429, "TooManyRequests");
            assertThat(third.header("Retry-After")).isPresent();
        }
    }

    @Test
    void partsCountOneByOneAndNothingIsBegunPastTheLimit() {
        RoleLimits two = new RoleLimits(OptionalInt.empty(), OptionalInt.of(2));
        try (UploadWorld world = world(two)) {
            refused(world.post("video", file("a.png", "image/png", 20 * MIB)), 429, "TooManyRequests");
            assertThat(world.storage.asked()).isEmpty();
            Reply begun = world.post("video", file("a.png", "image/png", 16 * MIB));
            assertThat(begun.status()).isEqualTo(200);
            String path = "video/s3/multipart/" + text(begun, "multipart.uploadId");
            refused(world.get(path + "/1", ""), 429, "TooManyRequests");
            world.storage.has(1, 8 * MIB).has(2, 8 * MIB);
            assertThat(world.get(path, "").status()).isEqualTo(200);
        }
    }

    @Test
    void anUploadOfUnknownSizeCountsWhenItIsBegun() {
        RoleLimits two = new RoleLimits(OptionalInt.empty(), OptionalInt.of(2));
        try (UploadWorld world = world(two)) {
            String body = "{\"filename\":\"a.png\",\"type\":\"image/png\",\"metadata\":{}}";
            assertThat(world.post("video/s3/multipart", body).status()).isEqualTo(200);
            assertThat(world.post("video/s3/multipart", body).status()).isEqualTo(200);
            world.storage.forget();
            refused(world.post("video/s3/multipart", body), 429, "TooManyRequests");
            assertThat(world.storage.asked()).isEmpty();
        }
    }

    private static void requireCallback(String encoded) {
        assertThat(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .contains("https://sign.example.com/callbacks/oss", "callbackBody")
                .doesNotContain(UploadWorld.SECRET);
    }
}

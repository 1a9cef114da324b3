package io.countersign.presign.uploads;

import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.identity.TestRegistry;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadKey;
import io.countersign.registry.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key that is known to be folded only when it is filled: the file has no extension. */
class FoldedKeyUploadTest {
    private static final String FILE = file("a", "application/x-unknown", 1024);

    @ParameterizedTest
    @EnumSource(Upload.Kind.class)
    void isNotSignedAndNotBegun(Upload.Kind kind) {
        try (UploadWorld world = new UploadWorld()) {
            world.records.upload(upload(kind));
            behind(world, Upstream.Protocol.S3, false);
            refused(world.post("bare", FILE), 403, "KeyNotSignable");
            assertThat(world.storage.requests()).isEmpty();
            assertThat(world.post("bare", file("a.png", "image/png", 1024)).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Upload.Kind.class)
    void isSignedWhereTheStoreKeepsIt(Upload.Kind kind) {
        try (UploadWorld world = new UploadWorld()) {
            world.records.upload(upload(kind));
            for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
                behind(world, protocol, protocol == Upstream.Protocol.S3);
                assertThat(world.post("bare", FILE).status()).isEqualTo(200);
            }
        }
    }

    private static void behind(UploadWorld world, Upstream.Protocol protocol, boolean flatNamespace) {
        world.records.bucket(TestRegistry.backed(
                TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, world.storage.endpoint(), List.of(), Optional.empty()),
                protocol,
                flatNamespace));
    }

    private static Upload upload(Upload.Kind kind) {
        return new Upload(
                TestRegistry.ACCOUNT,
                "bare",
                "examplebucket",
                TestRegistry.ROLE,
                UploadKey.of("users/${jwt:sub}/${ext}").orElseThrow(),
                List.of("image/png", "application/x-unknown"),
                UploadWorld.MIB,
                kind,
                8 * UploadWorld.MIB,
                Duration.ofMinutes(10),
                false);
    }
}

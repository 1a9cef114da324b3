package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without a manifest, whose registry is new or filled. */
class NoAccountTest {
    private static final String WARNING = "countersign: warning: The registry holds no account";

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void name() {
        data = directory.resolve("data");
    }

    @Test
    void aNewDirectoryIsToldOnce() throws Exception {
        try (LiveGateway gateway = new LiveGateway(withoutManifest(), InstantSource.system())) {
            assertThat(gateway.said()).containsOnlyOnce(WARNING).contains("(--data)", "ready on");
        }
    }

    @Test
    void aManifestOrAnEarlierOneIsEnough() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("manifest.json"), "{\"accounts\": [{\"id\": \"1234567890123456\"}]}");
        try (LiveGateway gateway = new LiveGateway(manifest, data, InstantSource.system())) {
            assertThat(gateway.said()).doesNotContain(WARNING);
        }
        try (LiveGateway gateway = new LiveGateway(withoutManifest(), InstantSource.system())) {
            assertThat(gateway.said()).doesNotContain(WARNING);
        }
    }

    private Invocation.Serve withoutManifest() {
        return new Invocation.Serve(
                Optional.empty(),
                data,
                false,
                "127.0.0.1",
                0,
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.of(0));
    }
}

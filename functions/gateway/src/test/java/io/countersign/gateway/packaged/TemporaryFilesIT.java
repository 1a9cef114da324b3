package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory for temporary files, in which other users of the machine can take any name first. */
class TemporaryFilesIT {
    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    private PackagedGateway serve() throws IOException {
        Path manifest =
                Files.writeString(directory.resolve("manifest.json"), "{\"accounts\":[{\"id\":\"1234567890123456\"}]}");
        return PackagedGateway.serve(
                List.of("-Djava.io.tmpdir=" + temporary),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0");
    }

    @Test
    void aServerMakesNothingThatOthersCanWrite() throws Exception {
        try (PackagedGateway gateway = serve();
                Stream<Path> made = Files.list(temporary)) {
            assertThat(gateway.failures()).doesNotContain("WARN");
            assertThat(made).allSatisfy(one -> {
                assertThat(one.getFileName().toString()).startsWith("countersign-");
                assertThat(Files.getPosixFilePermissions(one))
                        .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
            });
        }
    }

    /** Vert.x's cache has a name that everybody knows. */
    @Test
    void aNameThatAnotherUserHasTakenHindersNoStart() throws Exception {
        Files.createFile(temporary.resolve("vertx-cache"));
        try (PackagedGateway gateway = serve()) {
            assertThat(gateway.failures()).doesNotContain("WARN");
        }
    }
}

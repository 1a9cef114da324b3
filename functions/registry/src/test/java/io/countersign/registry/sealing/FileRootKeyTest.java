package io.countersign.registry.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRootKeyTest {
    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("root.key");
    }

    @Test
    void theFirstStartMakesAFileForItsOwnerAlone() throws Exception {
        FileRootKey made = FileRootKey.openOrMake(file, random);
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        FileRootKey read = FileRootKey.openOrMake(file, random);
        assertThat(read.version()).isEqualTo(made.version()).matches("file-[0-9a-f]{12}");
        assertThat(read.key(read.version()).orElseThrow().getEncoded())
                .isEqualTo(Files.readAllBytes(file))
                .isEqualTo(made.key(made.version()).orElseThrow().getEncoded());
        assertThat(read.key("file-000000000000")).isEmpty();
    }

    @Test
    void ofSixteenFirstStartsOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path each = directory.resolve("root-" + round);
            CyclicBarrier start = new CyclicBarrier(16);
            List<Future<String>> versions = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (int i = 0; i < 16; i++) {
                    versions.add(threads.submit(() -> {
                        start.await();
                        return FileRootKey.openOrMake(each, random).version();
                    }));
                }
            }
            String winner = FileRootKey.open(each).version();
            for (Future<String> version : versions) {
                assertThat(version.get()).isEqualTo(winner);
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "rwx------"})
    void aFileThatIsNotItsOwnersAloneIsRefused(String mode) throws Exception {
        FileRootKey.openOrMake(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFileThatCannotEvenBeWrittenByItsOwnerIsTaken() throws Exception {
        FileRootKey.openOrMake(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(FileRootKey.open(file).version()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void aFileOfAnotherSizeIsRefused(int size) throws Exception {
        Files.write(file, new byte[size]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("32 bytes");
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void aFileThatIsMissingOrCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> FileRootKey.open(file)).isInstanceOf(SealingException.class);
        Path nowhere = directory.resolve("missing").resolve("root.key");
        assertThatThrownBy(() -> FileRootKey.openOrMake(nowhere, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("cannot be made");
        assertThatThrownBy(() -> FileRootKey.openOrMake(directory, random)).isInstanceOf(SealingException.class);
    }
}

package io.countersign.registry.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.wrapping.RootKeyContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRootKeyTest extends RootKeyContract {
    private static final SealedRecords SOME = new SealedRecords() {
        @Override
        public boolean none() {
            return false;
        }

        @Override
        public void requireOpenedBy(RootKey root) {}
    };

    @TempDir
    Path directory;

    private SealedRecords records = NothingSealed.YET;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("root.key");
    }

    @Override
    protected RootKeyRing open() throws SealingException {
        return FileRootKey.openOrMake(file, records, random);
    }

    @Override
    protected void someIsSealed() {
        records = SOME;
    }

    @Override
    protected void lose() throws IOException {
        Files.delete(file);
    }

    @Test
    void createsAFileReadableOnlyByItsOwnerAtTheFirstStart() throws Exception {
        RootKeyRing made = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        RootKeyRing read = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        assertThat(read.version()).isEqualTo(made.version()).matches("file-[0-9a-f]{12}");
        assertThat(read.key(read.version()).orElseThrow().getEncoded())
                .isEqualTo(Files.readAllBytes(file))
                .isEqualTo(made.key(made.version()).orElseThrow().getEncoded());
        assertThat(read.key("file-000000000000")).isEmpty();
    }

    @Test
    void createsNoFileForARegistryWithSealedRecords() {
        someIsSealed();
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class);
        assertThat(file).doesNotExist();
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
                        return FileRootKey.openOrMake(each, NothingSealed.YET, random)
                                .version();
                    }));
                }
            }
            String winner =
                    FileRootKey.openOrMake(each, NothingSealed.YET, random).version();
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
    void refusesAFileThatOthersCanRead(String mode) throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFileThatCannotEvenBeWrittenByItsOwnerIsAccepted() throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(FileRootKey.openOrMake(file, NothingSealed.YET, random).version())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void aFileOfAnotherSizeIsRefused(int size) throws Exception {
        Files.write(file, new byte[size]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("32 bytes");
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void aFileThatCannotBeMadeIsRefused() {
        Path nowhere = directory.resolve("missing").resolve("root.key");
        assertThatThrownBy(() -> FileRootKey.openOrMake(nowhere, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("cannot be made");
        assertThatThrownBy(() -> FileRootKey.openOrMake(directory, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class);
    }

    @Test
    void writesANewVersionToItsOwnFileAndStillOpensWithTheOld() throws Exception {
        RootKeyRing ring = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        String first = ring.version();
        String second = ring.renew();
        String third = ring.renew();
        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(ring.version()).isEqualTo(third);
        for (String name : List.of("root.key", "root.key.2", "root.key.3")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
        RootKeyRing started = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        assertThat(started.version()).isEqualTo(third);
        for (String version : List.of(first, second, third)) {
            assertThat(started.key(version)).isPresent().isEqualTo(ring.key(version));
        }
    }

    @Test
    void theTenthVersionIsNewerThanTheSecond() throws Exception {
        RootKeyRing ring = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        for (int i = 2; i <= 10; i++) {
            ring.renew();
        }
        assertThat(directory.resolve("root.key.10")).exists();
        assertThat(FileRootKey.openOrMake(file, NothingSealed.YET, random).version())
                .isEqualTo(ring.version());
        ring.renew();
        assertThat(directory.resolve("root.key.11")).exists();
    }

    @Test
    void renewalsAtOnceLeaveWholeVersionsThatAllOpen() throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        CyclicBarrier start = new CyclicBarrier(16);
        List<Future<String>> versions = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                RootKeyRing ring = FileRootKey.openOrMake(file, NothingSealed.YET, random);
                versions.add(threads.submit(() -> {
                    start.await();
                    return ring.renew();
                }));
            }
        }
        RootKeyRing started = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        Set<String> seen = new HashSet<>();
        for (Future<String> version : versions) {
            seen.add(version.get());
            assertThat(started.key(version.get())).isPresent();
        }
        // A thread that began after a winner was done made another version, so that there are up to sixteen more. The
        // last thread saw the newest.
        assertThat(seen).contains(started.version());
        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .hasSizeBetween(2, 17)
                    .allMatch(name -> name.matches("root\\.key(\\.[0-9]+)?"));
        }
    }

    @Test
    void aFirstFileThatWasRemovedIsNotMadeAgain() throws Exception {
        RootKeyRing ring = FileRootKey.openOrMake(file, NothingSealed.YET, random);
        String second = ring.renew();
        Files.delete(file);
        assertThat(FileRootKey.openOrMake(file, NothingSealed.YET, random).version())
                .isEqualTo(second);
        assertThat(file).doesNotExist();
        Files.delete(directory.resolve("root.key.2"));
        assertThatThrownBy(ring::renew)
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("restore it from your copy");
    }

    @Test
    void aLaterFileThatOthersCanReadIsRefusedToo() throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random).renew();
        Files.setPosixFilePermissions(directory.resolve("root.key.2"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("root.key.2")
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"root.key.1", "root.key.02", "root.key.bak", "root.key.20000", "root.key.2.new", "root.key2"})
    void filesWithOtherNamesAreNotRead(String name) throws Exception {
        String version = FileRootKey.openOrMake(file, NothingSealed.YET, random).version();
        Files.write(directory.resolve(name), new byte[7]);
        assertThat(FileRootKey.openOrMake(file, NothingSealed.YET, random).version())
                .isEqualTo(version);
    }
}

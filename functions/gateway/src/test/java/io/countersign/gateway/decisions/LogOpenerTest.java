package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogOpenerTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("decisions.log");
    }

    private DecisionLog open(long bytes) throws UnusableLogException {
        return LogOpener.open(
                new DecisionLogSettings(
                        DecisionLogSettings.Level.ALL, Optional.of(file), new FileSink.FileLimits(bytes, 1_000)),
                InstantSource.fixed(Samples.NOW));
    }

    private void write(int from, int to, long bytes) throws UnusableLogException {
        try (DecisionLog log = open(bytes)) {
            for (int i = from; i < to; i++) {
                log.add(Samples.refusal(i));
            }
        }
    }

    private ChainCheck.Result check(Path... named) throws Exception {
        try (LogSelection selection = LogSelection.of(List.of(named))) {
            // No gateway is running that a check would have to wait for.
            List<LogSource> atRest = selection.sources().stream()
                    .map(source -> new LogSource(source.name(), source.bytes(), false))
                    .toList();
            return ChainCheck.check(atRest, Optional.empty(), Optional.empty());
        }
    }

    @Test
    void theChainGoesOnOverStartsAndFiles() throws Exception {
        for (int start = 0; start < 8; start++) {
            write(10 * start, 10 * start + 10, 4_096);
        }
        assertThat(new LogFiles(file).rotated()).hasSizeGreaterThan(3);
        for (Path named : new Path[] {file, directory}) {
            ChainCheck.Result result = check(named);
            assertThat(result.problems()).isEmpty();
            assertThat(result.lines()).isEqualTo(80);
            assertThat(result.end().orElseThrow().seq()).isEqualTo(80);
        }
        List<Path> all = new java.util.ArrayList<>(new LogFiles(file).rotated().reversed());
        all.add(1, file);
        assertThat(check(all.toArray(Path[]::new)).problems()).isEmpty();
        assertThat(check(all.getFirst()).problems()).singleElement().asString().contains("--after");
        Files.delete(new LogFiles(file).rotated().get(1));
        assertThat(check(file).problems()).singleElement().asString().contains("are missing");
    }

    @Test
    void theChainGoesOnWhereOnlyFullFilesAreLeft() throws Exception {
        write(0, 20, 4_096);
        Files.move(file, directory.resolve("decisions.log.000000000020"));
        write(20, 25, 4_096);
        assertThat(check(file).problems()).isEmpty();
        assertThat(check(file).lines()).isEqualTo(25);
    }

    @Test
    void noChainBeginsAnewAfterAFullFileWithoutLines() throws Exception {
        write(0, 20, 4_096);
        Files.delete(file);
        Path newest = Files.createFile(directory.resolve("decisions.log.000000000020"));
        assertThatThrownBy(() -> open(4_096))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining(newest.toString());
    }

    /** The process before was killed after any number of bytes. */
    @Test
    void aTornLineIsClosedByOneThatTellsOfIt() throws Exception {
        byte[] lines = Samples.joined(Samples.lines(3));
        int whole = Samples.joined(Samples.lines(2)).length;
        for (int length = whole; length < lines.length; length += 7) {
            Files.deleteIfExists(file);
            put(java.util.Arrays.copyOf(lines, length));
            if (length > whole) {
                assertThat(check(file).problems()).singleElement().asString().contains("line 3 has no end");
            }
            write(5, 7, 4_096);
            ChainCheck.Result result = check(file);
            assertThat(result.problems()).isEmpty();
            assertThat(result.torn()).isEqualTo(length > whole ? 1 : 0);
            assertThat(result.lines()).isEqualTo(length > whole ? 5 : 4);
        }
    }

    @Test
    void aFileWithOnlyATornLineIsClosedToo() throws Exception {
        put("{\"seq\":1,\"at\":\"2026".getBytes(StandardCharsets.US_ASCII));
        write(0, 1, 4_096);
        assertThat(check(file).problems()).isEmpty();
        assertThat(Files.readString(file)).contains("\"torn\":\"{\\\"seq\\\":1,\\\"at\\\":\\\"2026\"");
    }

    @Test
    void zerosThatALossOfPowerLeftAreATornLine() throws Exception {
        write(0, 3, 4_096);
        Files.write(file, new byte[5_000], StandardOpenOption.APPEND);
        write(3, 5, 4_096);
        ChainCheck.Result result = check(file);
        assertThat(result.problems()).isEmpty();
        assertThat(result.torn()).isEqualTo(1);
        assertThat(result.lines()).isEqualTo(6);
    }

    private void put(byte[] bytes) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
    }

    @Test
    void aFileHasOneWriter() throws Exception {
        try (DecisionLog log = open(4_096)) {
            log.add(Samples.refusal(1));
            assertThatThrownBy(() -> open(4_096))
                    .isInstanceOf(UnusableLogException.InUse.class)
                    .hasMessageContaining("decisions.log")
                    .hasMessageContaining("countersign.decisions.file");
        }
        write(1, 2, 4_096);
        assertThat(check(file).lines()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoLogIsNotWritten() throws Exception {
        for (String text : new String[] {
            "my notes\n",
            "{\"seq\":1}\n",
            "{}\n\n",
            "x".repeat(600_000),
            "a root key of thirty-two bytes..",
            "\0\0key",
            "{\"sec"
        }) {

            Files.deleteIfExists(file);
            put(text.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> open(4_096))
                    .isInstanceOf(UnusableLogException.class)
                    .hasMessageContaining("not a line of a decision log");
            assertThat(Files.readString(file)).isEqualTo(text);
        }
    }

    @Test
    void whatNoGatewayBeganIsNotCutOff() throws Exception {
        write(0, 3, 4_096);
        String before = Files.readString(file);
        for (String text : new String[] {"a secret without a line end", "\0{\"seq\":4", "{\"seq\":4,\"at\":\n{\"x"}) {
            Files.writeString(file, before + text);
            assertThatThrownBy(() -> open(4_096))
                    .isInstanceOf(UnusableLogException.class)
                    .hasMessageContaining("countersign.decisions.file");
            assertThat(Files.readString(file)).isEqualTo(before + text);
        }
        for (String text : new String[] {"{", "{\"seq\":4,", "{\"se\0\0", "\0\0\0"}) {
            Files.writeString(file, before + text);
            write(3, 4, 4_096);
            assertThat(check(file).problems()).isEmpty();
            assertThat(check(file).torn()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatOthersMayReadIsNotWritten() throws Exception {
        put(new byte[0]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(4_096))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("chmod 600");
        Files.delete(file);
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));
        assertThatThrownBy(() -> open(4_096))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("link");
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    /** In a directory that somebody else looks after, such as /dev, nobody would remove it. */
    @Test
    void whatIsRefusedLeavesNothingBehind() throws Exception {
        Files.createDirectory(file);
        refusedAndNothingLeft(file);
        Files.delete(file);
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));
        refusedAndNothingLeft(file);
        Files.delete(file);
        put(new byte[0]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refusedAndNothingLeft(file);
        Files.delete(file);
        put("my notes\n".getBytes(StandardCharsets.US_ASCII));
        refusedAndNothingLeft(file);
        Files.delete(file);
        Files.createFile(directory.resolve("decisions.log.000000000020"));
        refusedAndNothingLeft(file);
    }

    @Test
    void aPipeIsRefusedAndNothingLeft() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", file.toString())
                        .start()
                        .waitFor())
                .isZero();
        refusedAndNothingLeft(file);
    }

    @Test
    void aDeviceIsRefusedAndNothingLeft() throws Exception {
        refusedAndNothingLeft(Path.of("/dev/null"));
    }

    private void refusedAndNothingLeft(Path named) throws IOException {
        file = named;
        List<Path> before = beside(named);
        assertThatThrownBy(() -> open(4_096)).isInstanceOf(UnusableLogException.class);
        assertThat(beside(named)).containsExactlyInAnyOrderElementsOf(before);
    }

    /** Others make files in /dev meanwhile. */
    private static List<Path> beside(Path named) throws IOException {
        try (Stream<Path> all = Files.list(named.toAbsolutePath().getParent())) {
            return all.filter(one -> one.toString().startsWith(named.toString()) || !one.startsWith(Path.of("/dev")))
                    .toList();
        }
    }

    /** The lock of a log that was written once stays: another process may wait for it. */
    @Test
    void aLockThatWasThereStays() throws Exception {
        write(0, 1, 4_096);
        Path lock = new LogFiles(file).lock();
        assertThat(lock).exists();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(4_096)).isInstanceOf(UnusableLogException.class);
        assertThat(lock).exists();
    }

    @Test
    void aDirectoryThatIsMissingIsTold() {
        file = directory.resolve("none").resolve("decisions.log");
        assertThatThrownBy(() -> open(4_096))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("directory");
    }
}

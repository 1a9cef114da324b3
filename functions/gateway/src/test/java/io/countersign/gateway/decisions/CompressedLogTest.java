package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose full files somebody compressed. */
class CompressedLogTest {
    private static final int LINES = 40;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws UnusableLogException {
        file = directory.resolve("decisions.log");
        // Lines that come at once are written into one file, whatever its size.
        for (int from = 0; from < LINES; from += 5) {
            append(from, from + 5, 10);
        }
    }

    private void append(int from, int to, int kept) throws UnusableLogException {
        DecisionLogSettings settings = new DecisionLogSettings(
                DecisionLogSettings.Level.ALL, Optional.of(file), new FileSink.FileLimits(4_096, kept));
        try (DecisionLog log = LogOpener.open(settings, InstantSource.fixed(Samples.NOW))) {
            for (int i = from; i < to; i++) {
                log.add(Samples.refusal(i));
            }
        }
    }

    private static ChainCheck.Result check(Path... named) throws Exception {
        try (LogSelection selection = LogSelection.of(List.of(named))) {
            List<LogSource> atRest = selection.sources().stream()
                    .map(source -> new LogSource(source.name(), source.bytes(), false))
                    .toList();
            return ChainCheck.check(atRest, Optional.empty(), Optional.empty());
        }
    }

    private List<Path> full() throws IOException {
        return new LogFiles(file).full();
    }

    private static Path compress(Path plain) throws IOException {
        Path compressed = plain.resolveSibling(plain.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(plain, out);
        }
        Files.delete(plain);
        return compressed;
    }

    private void compressFull() throws IOException {
        for (Path plain : full()) {
            compress(plain);
        }
    }

    @Test
    void fullFilesAreReadCompressed() throws Exception {
        compress(full().getFirst());
        compress(full().getLast());
        assertThat(full()).hasSizeGreaterThan(3);
        for (Path named : new Path[] {file, directory}) {
            ChainCheck.Result result = check(named);
            assertThat(result.problems()).isEmpty();
            assertThat(result.lines()).isEqualTo(LINES);
        }
        Path[] all = full().reversed().toArray(Path[]::new);
        assertThat(check(all).problems()).isEmpty();
        assertThat(check(full().getFirst()).problems()).isEmpty();
        assertThat(check(full().getLast())).satisfies(result -> {
            assertThat(result.lines()).isPositive();
            assertThat(result.problems()).singleElement().asString().contains("--after");
        });
    }

    /** The first bytes tell it, whatever the name, and gzip may have appended one to another. */
    @Test
    void anyNameAndSeveralMembersAreRead() throws Exception {
        Path copy = directory.resolve("copy");
        try (OutputStream out = Files.newOutputStream(copy)) {
            for (Path plain : full()) {
                out.write(Files.readAllBytes(compress(plain)));
            }
            out.write(Files.readAllBytes(compress(file)));
        }
        ChainCheck.Result result = check(copy);
        assertThat(result.problems()).isEmpty();
        assertThat(result.lines()).isEqualTo(LINES);
    }

    @Test
    void aChangeInACompressedFileIsFound() throws Exception {
        Path second = full().get(1);
        Files.writeString(second, Files.readString(second).replaceFirst("\"refused\"", "\"allowed\""));
        compress(second);
        assertThat(check(file).problems()).isNotEmpty();
    }

    @Test
    void aFileThatIsCutOffIsToldAtEveryLength() throws Exception {
        Path compressed = compress(full().getFirst());
        byte[] whole = Files.readAllBytes(compressed);
        for (int length = 2; length < whole.length; length++) {
            Files.write(compressed, Arrays.copyOf(whole, length));
            for (List<Path> named : List.of(List.of(file), List.of(compressed), List.of(file, compressed))) {
                assertThat(check(named.toArray(Path[]::new)).problems())
                        .as("%s bytes", length)
                        .singleElement()
                        .asString()
                        .startsWith(compressed.getFileName() + " cannot be read after line ")
                        .endsWith(": its gzip data are cut off or damaged there.");
            }
        }
    }

    @Test
    void aDamagedFileIsToldAndTheRestIsChecked() throws Exception {
        Path compressed = compress(full().getFirst());
        byte[] whole = Files.readAllBytes(compressed);
        for (int at = 10; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xff;
            Files.write(compressed, damaged);
            ChainCheck.Result result = check(file);
            assertThat(result.problems()).as("byte %s", at).isNotEmpty();
            assertThat(result.end().orElseThrow().seq()).isEqualTo(LINES);
        }
    }

    /** gzip has not yet removed the file when it has written half of the other. */
    @Test
    void aFileThatIsBeingCompressedIsReadOnce() throws Exception {
        Path plain = full().getFirst();
        Files.write(plain.resolveSibling(plain.getFileName() + ".gz"), new byte[] {0x1f, (byte) 0x8b, 8});
        assertThat(check(file).problems()).isEmpty();
        assertThat(check(directory).lines()).isEqualTo(LINES);
    }

    @Test
    void otherCompressedFilesInTheDirectoryAreNotOfTheLog() throws Exception {
        Files.copy(file, directory.resolve("old"));
        compress(directory.resolve("old"));
        Files.write(directory.resolve("damaged.gz"), new byte[] {0x1f, (byte) 0x8b});
        assertThat(check(directory).problems()).isEmpty();
    }

    @Test
    void theChainGoesOnAfterACompressedFile() throws Exception {
        Files.move(file, directory.resolve("decisions.log.000000000040"));
        compressFull();
        append(LINES, LINES + 5, 10);
        ChainCheck.Result result = check(file);
        assertThat(result.problems()).isEmpty();
        assertThat(result.lines()).isEqualTo(LINES + 5);
    }

    @Test
    void noChainGoesOnAfterADamagedFile() throws Exception {
        Files.move(file, directory.resolve("decisions.log.000000000040"));
        compressFull();
        Files.write(full().getLast(), new byte[] {0x1f, (byte) 0x8b, 8});
        assertThatThrownBy(() -> append(LINES, LINES + 5, 10))
                .isInstanceOf(UnusableLogException.class)
                .hasMessageContaining("decisions.log.000000000040.gz");
    }

    @Test
    void compressedFilesAreNotCountedAndNotDeleted() throws Exception {
        compressFull();
        List<Path> before = full();
        for (int from = LINES; from < 2 * LINES; from += 5) {
            append(from, from + 5, 1);
        }
        assertThat(new LogFiles(file).rotated()).hasSize(1);
        assertThat(before).allSatisfy(compressed -> assertThat(compressed).exists());
    }
}

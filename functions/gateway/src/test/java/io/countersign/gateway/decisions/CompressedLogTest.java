package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    /** Nothing but another member may follow a member: java.util.zip takes a damaged one, and its lines with it, for the end. */
    @Test
    void whatFollowsAMemberAndIsNoneIsTold() throws Exception {
        Path compressed = compress(full().getFirst());
        byte[] one = Files.readAllBytes(compressed);
        byte[] other = Files.readAllBytes(compress(full().get(1)));
        List<byte[]> rubbish =
                new ArrayList<>(List.of(new byte[40], new byte[1], "rubbish".getBytes(StandardCharsets.US_ASCII)));
        for (int length = 1; length < other.length; length += 3) {
            rubbish.add(Arrays.copyOf(other, length));
        }
        for (int at : new int[] {0, 1, 2, 3, 10, other.length - 8, other.length - 1}) {
            byte[] damaged = other.clone();
            damaged[at] ^= (byte) 0xe0;
            rubbish.add(damaged);
        }
        for (byte[] behind : rubbish) {
            byte[] both = Arrays.copyOf(one, one.length + behind.length);
            System.arraycopy(behind, 0, both, one.length, behind.length);
            Files.write(compressed, both);
            assertThat(check(compressed).problems())
                    .as("%s bytes", behind.length)
                    .singleElement()
                    .asString()
                    .contains("its gzip data are cut off or damaged there");
        }
    }

    /** RFC 1952, 2.3: gzip itself writes a name, other programs a comment, further fields and a check sum of the header. */
    @Test
    void everyFieldOfAHeaderIsReadOver() throws Exception {
        Path plain = full().getFirst();
        byte[] lines = Files.readAllBytes(plain);
        byte[] whole = Files.readAllBytes(compress(plain));
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 1, 2, 3, 4, 2, 3});
        header.write(new byte[] {3, 0, 'A', 0, 0});
        header.write("decisions.log\0a comment\0".getBytes(StandardCharsets.US_ASCII));
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        header.write((int) crc.getValue());
        header.write((int) crc.getValue() >> 8);
        header.write(whole, 10, whole.length - 10);
        try (InputStream read = Gunzipped.ifCompressed(new ByteArrayInputStream(header.toByteArray()))) {
            assertThat(read.readAllBytes()).isEqualTo(lines);
        }
    }

    /** A file of 1 MB has a thousand million empty lines. To parse each one would take hours. */
    @Test
    @Timeout(60)
    void aFileOfEmptyLinesIsReadFast() throws Exception {
        Path bomb = directory.resolve("bomb");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            byte[] empty = "\n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 64; i++) {
                out.write(empty);
            }
        }
        assertThat(check(bomb).lines()).isEqualTo(1L << 26);
    }

    /** A check that fails while gzip runs, or misses the lines of a file meanwhile, is taken for an alarm. */
    @Test
    void aCheckFindsAllLinesWhileFilesAreCompressed() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 30; round++) {
                Future<?> compressing = other.submit(() -> {
                    for (Path plain : new LogFiles(file).rotated()) {
                        compress(plain);
                    }
                    return true;
                });
                do {
                    for (Path named : List.of(file, directory)) {
                        ChainCheck.Result result = check(named);
                        assertThat(result.problems()).isEmpty();
                        assertThat(result.lines()).isEqualTo(LINES);
                    }
                } while (!compressing.isDone());
                compressing.get();
                for (Path compressed : full()) {
                    decompress(compressed);
                }
            }
        }
    }

    private static void decompress(Path compressed) throws IOException {
        String name = String.valueOf(compressed.getFileName());
        try (InputStream in = Gunzipped.ifCompressed(Files.newInputStream(compressed))) {
            Files.copy(in, compressed.resolveSibling(name.substring(0, name.length() - ".gz".length())));
        }
        Files.delete(compressed);
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
        byte[] whole = Files.readAllBytes(full().getLast());
        for (byte[] damaged :
                List.of(new byte[] {0x1f, (byte) 0x8b, 8}, new byte[0], Arrays.copyOf(whole, whole.length + 4))) {
            Files.write(full().getLast(), damaged);
            assertThatThrownBy(() -> append(LINES, LINES + 5, 10))
                    .isInstanceOf(UnusableLogException.class)
                    .hasMessageContaining("decisions.log.000000000040.gz");
        }
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

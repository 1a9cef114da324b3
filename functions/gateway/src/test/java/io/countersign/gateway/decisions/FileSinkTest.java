package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.files.ProcessLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    @TempDir
    private Path directory;

    private LogFiles files;
    private Quota quota;
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord one) {
            logged.add(one.getLevel() + " " + one.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private FileSink sink;

    /** A disk with so much room: writes beyond it are short, and then fail. */
    private static final class Quota implements SeekableByteChannel {
        private final FileChannel file;
        private int room = Integer.MAX_VALUE;
        private boolean truncates = true;

        Quota(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer some = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
            int count = file.write(some);
            bytes.position(bytes.position() + count);
            room -= room == Integer.MAX_VALUE ? 0 : count;
            return count;
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            if (!truncates) {
                throw new IOException("Input/output error");
            }
            file.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        Logger.getLogger(FileSink.class.getName()).addHandler(handler);
        files = new LogFiles(directory.resolve("decisions.log"));
        quota = new Quota(files.append());
        sink = new FileSink(
                files,
                new FileSink.FileLimits(10, 2),
                ProcessLock.take(files.lock()).orElseThrow(),
                quota,
                0,
                () -> now);
    }

    @AfterEach
    void close() {
        Logger.getLogger(FileSink.class.getName()).removeHandler(handler);
        sink.close();
    }

    private void write(String lines, long seq) {
        byte[] bytes = lines.getBytes(StandardCharsets.US_ASCII);
        assertThat(sink.write(bytes, bytes.length, seq)).isEqualTo(bytes.length);
    }

    private String text(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void aFullFileIsNamedAfterItsLastLineAndTheOldestAreDeleted() throws Exception {
        write("line1\n", 1);
        write("2\n", 2);
        assertThat(files.rotated()).isEmpty();
        write("line3\n", 3);
        assertThat(text("decisions.log.000000000002")).isEqualTo("line1\n2\n");
        assertThat(text("decisions.log")).isEqualTo("line3\n");
        write("line4-is-longer\n", 4);
        write("line5\n", 5);
        write("line6\n", 6);
        assertThat(files.rotated().stream().map(file -> file.getFileName().toString()))
                .containsExactly("decisions.log.000000000004", "decisions.log.000000000005");
        for (Path file : files.rotated()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void otherFilesAreLeftAlone() throws Exception {
        for (String name : new String[] {"decisions.log.1", "decisions.log.bak", "other.log.000000000001", "x"}) {
            Files.writeString(directory.resolve(name), "mine");
        }
        for (int seq = 1; seq < 10; seq++) {
            write("a long line\n", seq);
        }
        assertThat(files.rotated()).hasSize(2);
        assertThat(text("decisions.log.1") + text("decisions.log.bak") + text("other.log.000000000001") + text("x"))
                .isEqualTo("minemineminemine");
    }

    @Test
    void whatADiskTookOfARefusedLineIsCutOff() throws Exception {
        quota.room = 6;
        byte[] lines = "one\ntwo\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(6);
        sink.cut(4);
        // At once: a check of a log on a full disk finds whole lines.
        assertThat(text("decisions.log")).isEqualTo("one\n");
        quota.room = 0;
        assertThat(sink.write(lines, 4, 2)).isZero();
        sink.cut(0);
        quota.room = Integer.MAX_VALUE;
        write("lost\n", 2);
        assertThat(text("decisions.log")).isEqualTo("one\nlost\n");
    }

    @Test
    void nothingIsWrittenAfterHalfALine() throws Exception {
        quota.room = 2;
        quota.truncates = false;
        byte[] lines = "one\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(2);
        sink.cut(0);
        quota.room = Integer.MAX_VALUE;
        assertThat(sink.write(lines, lines.length, 1)).isZero();
        sink.cut(0);
        assertThat(text("decisions.log")).isEqualTo("on");
        quota.truncates = true;
        write("one\n", 1);
        assertThat(text("decisions.log")).isEqualTo("one\n");
    }

    @Test
    void aFileThatCannotBeRenamedIsWrittenOn() throws Exception {
        write("line1\n", 1);
        Files.writeString(directory.resolve("decisions.log.000000000001"), "in the way");
        write("line2\n", 2);
        assertThat(text("decisions.log")).isEqualTo("line1\nline2\n");
        assertThat(text("decisions.log.000000000001")).isEqualTo("in the way");
        write("line3\n", 3);
        assertThat(text("decisions.log.000000000002")).isEqualTo("line1\nline2\n");
        assertThat(text("decisions.log")).isEqualTo("line3\n");
    }

    @Test
    void aFileThatLostItsNameIsToldOnceUntilItIsBack() throws Exception {
        write("1\n", 1);
        Files.move(files.file(), directory.resolve("moved"));
        write("2\n", 2);
        assertThat(logged).isEmpty();
        now = now.plusSeconds(1);
        write("3\n", 3);
        now = now.plusSeconds(1);
        write("4\n", 4);
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("event=decision-log-moved file=" + files.file());
        assertThat(text("moved")).isEqualTo("1\n2\n3\n4\n");
        Files.move(directory.resolve("moved"), files.file());
        now = now.plusSeconds(1);
        write("5", 5);
        Files.delete(files.file());
        Files.writeString(files.file(), "another");
        now = now.minusSeconds(3600);
        write("x", 6);
        assertThat(logged).hasSize(3);
        assertThat(logged.get(1)).contains("event=decision-log-back");
        assertThat(logged.get(2)).contains("event=decision-log-moved");
    }

    @Test
    void whatTookTheNameOfTheFileIsNotRenamed() throws Exception {
        write("line1\n", 1);
        Files.move(files.file(), directory.resolve("moved"));
        Files.writeString(files.file(), "mine");
        write("line2\n", 2);
        write("3\n", 3);
        assertThat(text("decisions.log")).isEqualTo("mine");
        assertThat(text("moved")).isEqualTo("line1\nline2\n3\n");
        assertThat(files.rotated()).isEmpty();
        assertThat(logged).singleElement().asString().contains("event=decision-log-not-rotated");
        Files.move(directory.resolve("moved"), files.file(), StandardCopyOption.REPLACE_EXISTING);
        write("line4\n", 4);
        assertThat(text("decisions.log.000000000003")).isEqualTo("line1\nline2\n3\n");
        assertThat(text("decisions.log")).isEqualTo("line4\n");
    }

    @Test
    void onlyFilesAreFullFiles() throws Exception {
        Files.createDirectory(directory.resolve("decisions.log.000000000007"));
        Files.createSymbolicLink(directory.resolve("decisions.log.000000000008"), Path.of("/dev/zero"));
        write("line1\n", 1);
        write("line2\n", 2);
        assertThat(files.rotated()).containsExactly(directory.resolve("decisions.log.000000000001"));
    }

    @Test
    void theNextFileIsWatchedInsteadOfTheFullOne() throws Exception {
        write("line1\n", 1);
        write("line2\n", 2);
        now = now.plusSeconds(1);
        write("3\n", 3);
        assertThat(logged).isEmpty();
    }

    @Test
    void aFileThatWasMovedAwayIsFollowedByAnother() throws Exception {
        write("line1\n", 1);
        Files.move(files.file(), directory.resolve("moved"));
        write("line2\n", 2);
        assertThat(text("moved")).isEqualTo("line1\n");
        assertThat(text("decisions.log")).isEqualTo("line2\n");
    }
}

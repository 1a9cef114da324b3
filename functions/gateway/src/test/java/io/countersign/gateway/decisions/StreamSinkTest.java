package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StreamSinkTest {
    /** Takes a number of bytes, and then fails. */
    private static final class Stream implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final List<Integer> writes = new ArrayList<>();
        private int room = Integer.MAX_VALUE;

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int count = Math.min(room, bytes.remaining());
            writes.add(bytes.remaining());
            room -= count;
            for (int i = 0; i < count; i++) {
                taken.write(bytes.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final Stream stream = new Stream();
    private final StreamSink sink = new StreamSink(stream);

    @Test
    void linesAreWrittenInPiecesThatAPipeTakesAtOnce() {
        byte[] lines = Samples.joined(Samples.lines(100));
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(lines.length);
        assertThat(stream.taken.toByteArray()).isEqualTo(lines);
        assertThat(stream.writes).hasSizeBetween(2, 50).allMatch(size -> size <= 4_096);
    }

    @Test
    void aLongLineIsAPieceOfItsOwn() {
        byte[] lines = ("a\n" + "b".repeat(10_000) + "\nc\nd\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(lines.length);
        assertThat(stream.writes).containsExactly(2, 10_001, 4);
    }

    @Test
    void aRefusedLineIsEndedBeforeTheNextOne() {
        byte[] lines = "one\ntwo\n".getBytes(StandardCharsets.US_ASCII);
        stream.room = 6;
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(6);
        sink.cut(4);
        stream.room = Integer.MAX_VALUE;
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(lines.length);
        assertThat(stream.taken.toString(StandardCharsets.US_ASCII)).isEqualTo("one\ntw\none\ntwo\n");
    }

    @Test
    void aRefusalBetweenLinesLeavesNoEmptyLine() {
        byte[] lines = "one\ntwo\n".getBytes(StandardCharsets.US_ASCII);
        stream.room = 4;
        assertThat(sink.write(lines, lines.length, 1)).isEqualTo(4);
        sink.cut(4);
        stream.room = Integer.MAX_VALUE;
        assertThat(sink.write(lines, lines.length, 2)).isEqualTo(lines.length);
        assertThat(stream.taken.toString(StandardCharsets.US_ASCII)).isEqualTo("one\none\ntwo\n");
    }

    /** A device that refuses every byte, as a full disk does. */
    @Test
    void aFullDeviceLosesLinesAndNothingElse() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "Linux has it");
        try (FileOutputStream out = new FileOutputStream(full.toFile())) {
            DecisionLog log = DecisionLog.start(
                    new StreamSink(out.getChannel()),
                    ChainPosition.START,
                    Optional.empty(),
                    InstantSource.fixed(Samples.NOW),
                    100);
            for (int i = 0; i < 1_000; i++) {
                log.add(Samples.refusal(i));
            }
            log.close();
        }
    }
}

package io.countersign.gateway.decisions;

import java.util.ArrayList;
import java.util.List;

/** Lines that are written together, each with its place in the chain. One buffer serves all batches. For one thread. */
final class LineBatch {
    /** A batch with so many bytes is full. */
    static final int FULL = 64 * 1024;

    /** @param end the number of bytes up to its line's end */
    private record Line(int end, ChainPosition position) {}

    private final LineBuffer buffer = new LineBuffer(FULL + FULL / 4);
    private final LineFormat format = new LineFormat(buffer);
    private final LineHash hash = new LineHash();
    private final List<Line> lines = new ArrayList<>();
    private ChainPosition start = ChainPosition.START;

    /** Begins another batch, after that place. */
    void begin(ChainPosition position) {
        start = position;
        lines.clear();
        buffer.clear();
    }

    void add(LogEntry entry) {
        int from = buffer.length();
        ChainPosition before = position(lines.size());
        format.write(before, entry);
        ChainPosition after =
                new ChainPosition(before.seq() + 1, hash.of(buffer.bytes(), from, buffer.length() - from));
        buffer.write('\n');
        lines.add(new Line(buffer.length(), after));
    }

    boolean isFull() {
        return buffer.length() >= FULL;
    }

    /** The number of lines. */
    int size() {
        return lines.size();
    }

    /** The place after that many lines. */
    ChainPosition position(int count) {
        return count == 0 ? start : lines.get(count - 1).position();
    }

    /** The number of bytes of that many lines. */
    int end(int count) {
        return count == 0 ? 0 : lines.get(count - 1).end();
    }

    /** The number of lines that are whole within so many bytes. */
    int linesWithin(int bytes) {
        int count = 0;
        while (count < lines.size() && lines.get(count).end() <= bytes) {
            count++;
        }
        return count;
    }

    /** The bytes, of which the first {@link #end} are the lines. */
    byte[] bytes() {
        return buffer.bytes();
    }
}

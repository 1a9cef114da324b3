package io.countersign.gateway.decisions;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** Writes decisions to a sink, and counts those that it could not write until one line tells of them. For one thread; {@link #refused} is for all. */
final class LogWriter {
    private static final System.Logger LOG = System.getLogger(LogWriter.class.getName());

    private final LineSink sink;
    private final InstantSource clock;
    private final LineBatch batch = new LineBatch();
    private ChainPosition position;
    private Optional<String> torn;
    /** Those of which no line tells yet. */
    private long lost;
    /** Of the decisions that the queue had no room for, those that are in {@code lost} or were told. */
    private long knownDropped;

    private boolean refusing;
    private final AtomicLong refused = new AtomicLong();

    /**
     * @param position where the chain goes on
     * @param torn what the process before left of a line
     */
    LogWriter(LineSink sink, ChainPosition position, Optional<String> torn, InstantSource clock) {
        this.sink = sink;
        this.position = position;
        this.torn = torn;
        this.clock = clock;
    }

    /** Whether a note waits to be written. */
    boolean owes() {
        return lost > 0 || torn.isPresent();
    }

    /** The decisions that the sink did not take so far. */
    long refused() {
        return refused.get();
    }

    /**
     * Writes one batch: the notes that are owed, then decisions.
     *
     * @param dropped the decisions that the queue had no room for, since the start
     */
    void write(Queue<LogEntry.Decided> queue, long dropped) {
        batch.begin(position);
        torn.ifPresent(text -> batch.add(new LogEntry.Torn(clock.instant(), text)));
        int tornLines = batch.size();
        lost += dropped - knownDropped;
        knownDropped = dropped;
        if (lost > 0) {
            batch.add(new LogEntry.Lost(clock.instant(), lost));
        }
        int notes = batch.size();
        while (!batch.isFull() && queue.poll() instanceof LogEntry.Decided next) {
            batch.add(next);
        }
        if (batch.size() > 0) {
            settle(written(), tornLines, notes);
        }
    }

    /** @return the number of lines that were written whole */
    private int written() {
        int length = batch.end(batch.size());
        int bytes = sink.write(batch.bytes(), length, batch.position(0).seq() + 1);
        int lines = batch.linesWithin(bytes);
        if (bytes < length) {
            sink.cut(batch.end(lines));
        }
        tell(bytes < length);
        return lines;
    }

    private void settle(int lines, int tornLines, int notes) {
        if (lines >= tornLines) {
            torn = Optional.empty();
        }
        if (lines >= notes) {
            lost = 0;
        }
        long unwritten = batch.size() - Math.max(lines, notes);
        lost += unwritten;
        refused.addAndGet(unwritten);
        position = batch.position(lines);
    }

    /** Tells the operator when lines begin to be refused, and when they are taken again. */
    private void tell(boolean now) {
        if (now != refusing) {
            refusing = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    now ? "event=decision-log-refused; see docs/decision-log.md" : "event=decision-log-resumed");
        }
    }

    void close() {
        sink.close();
    }
}

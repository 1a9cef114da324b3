package io.countersign.gateway.decisions;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

    /** The lines of usage that wait to be written. */
    private final Deque<LogEntry.Usage> usages = new ArrayDeque<>();

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
        return lost > 0 || torn.isPresent() || !usages.isEmpty();
    }

    /** Takes lines of usage, to be written by the next batches. What the sink does not take before the next ones come is dropped, so that a full disk needs no memory. */
    void add(List<LogEntry.Usage> next) {
        usages.clear();
        usages.addAll(next);
    }

    /** Whether the sink took all of the last batch. */
    boolean progresses() {
        return !refusing;
    }

    /** The decisions that the sink did not take so far. */
    long refused() {
        return refused.get();
    }

    /**
     * Writes one batch: the notes that are owed, the lines of usage, then decisions.
     *
     * @param dropped the decisions that the queue had no room for, since the start
     */
    void write(LineQueue queue, long dropped) {
        batch.begin(position);
        torn.ifPresent(text -> batch.add(new LogEntry.Torn(clock.instant(), text)));
        int tornLines = batch.size();
        lost += dropped - knownDropped;
        knownDropped = dropped;
        if (lost > 0) {
            batch.add(new LogEntry.Lost(clock.instant(), lost));
        }
        int notes = batch.size();
        Iterator<LogEntry.Usage> waiting = usages.iterator();
        while (!batch.isFull() && waiting.hasNext()) {
            batch.add(waiting.next());
        }
        int decided = batch.size();
        Optional<LogEntry.Decided> next = batch.isFull() ? Optional.empty() : queue.poll();
        while (next.isPresent()) {
            batch.add(next.get());
            next = batch.isFull() ? Optional.empty() : queue.poll();
        }
        if (batch.size() > 0) {
            settle(written(), tornLines, notes, decided);
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

    private void settle(int lines, int tornLines, int notes, int decided) {
        if (lines >= tornLines) {
            torn = Optional.empty();
        }
        if (lines >= notes) {
            lost = 0;
        }
        for (int line = notes; line < Math.min(lines, decided); line++) {
            usages.remove();
        }
        long unwritten = batch.size() - Math.max(lines, decided);
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
                    now
                            ? "event=decision-log-refused reason=\"its disk or pipe takes no more lines, and decisions"
                                    + " are counted without one; make room, or read the pipe\""
                            : "event=decision-log-resumed");
        }
    }

    void close() {
        sink.close();
    }
}

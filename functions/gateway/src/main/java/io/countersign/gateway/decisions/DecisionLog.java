package io.countersign.gateway.decisions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes decisions from any number of threads and writes them on a thread of its own. {@link #add} never waits: where the queue is full, because a disk or a pipe does not take the lines as fast, the decision is counted, and
 * one line tells later how many were lost.
 */
public final class DecisionLog implements AutoCloseable {
    /** The most decisions that wait for their lines. */
    static final int ROOM = 8_192;

    /** After each batch the thread rests, so that the next batch is larger. */
    private static final long REST_NANOS = Duration.ofMillis(5).toNanos();
    /** The time after which a refused note is tried again while there are no decisions. */
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
    /** Without decisions the thread is woken by the next one. */
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
    /** How long a process that stops waits for its lines to be written. */
    private static final Duration LAST_LINES = Duration.ofSeconds(3);

    /** The time between two lines of usage of one key. */
    static final Duration USAGE_EVERY = Duration.ofHours(1);

    private final LineQueue queue;
    private final AtomicLong dropped = new AtomicLong();
    private final LogWriter writer;
    private final InstantSource clock;
    private final UsageCounts usage = new UsageCounts();
    private final Thread thread;
    private Instant usageSince;
    private volatile boolean idle;
    private volatile boolean closed;

    private DecisionLog(LogWriter writer, InstantSource clock, int room) {
        this.writer = writer;
        this.clock = clock;
        this.usageSince = clock.instant();
        this.queue = new LineQueue(room);
        this.thread = Thread.ofPlatform().name("decision-log").daemon().unstarted(this::run);
    }

    /** Starts a log. */
    static DecisionLog start(
            LineSink sink, ChainPosition position, Optional<String> torn, InstantSource clock, int room) {
        DecisionLog log = new DecisionLog(new LogWriter(sink, position, torn, clock), clock, room);
        log.thread.start();
        return log;
    }

    /** Adds a decision, or counts it as lost. */
    public void add(LoggedDecision decision) {
        if (!queue.offer(LogEntry.Decided.of(decision))) {
            dropped.incrementAndGet();
        } else if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Counts allowed requests of which this log has no lines; an hour's lines of usage tell of them. */
    public UsageCounts usage() {
        return usage;
    }

    /** The decisions since the start that are not in the log, or will not be: the queue had no room for them, or the sink did not take their lines. */
    public long lost() {
        return dropped.get() + writer.refused();
    }

    /** Waits for the lines of the decisions so far to be written, but not longer than a few seconds. No decision may be added afterwards. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            takeUsage(false);
            writer.write(queue, dropped.get());
            if (queue.isEmpty() && !(writer.owes() && writer.progresses())) {
                rest();
            }
        }
        takeUsage(true);
        while (!queue.isEmpty() || (writer.owes() && writer.progresses())) {
            writer.write(queue, dropped.get());
        }
        // What the last batch refused is told once more.
        writer.write(queue, dropped.get());
        writer.close();
    }

    /** A clock that is set back takes the counts at once, rather than after the time that it was set back by. */
    private void takeUsage(boolean now) {
        Instant present = clock.instant();
        if (now || Duration.between(usageSince, present).abs().compareTo(USAGE_EVERY) >= 0) {
            usageSince = present;
            writer.add(usage.take(present));
        }
    }

    private void rest() {
        LockSupport.parkNanos(REST_NANOS);
        idle = true;
        if (queue.isEmpty() && !closed) {
            LockSupport.parkNanos(writer.owes() ? RETRY_NANOS : IDLE_NANOS);
        }
        idle = false;
    }
}

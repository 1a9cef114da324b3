package io.countersign.gateway.decisions;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The decisions that wait for their lines. Their number is bounded, and so are their bytes: a text of control characters is six times as long in JSON. Takes from any number of threads, for one. */
final class LineQueue {
    /** The most bytes of all that wait. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private final BlockingQueue<LogEntry.Decided> waiting;
    private final AtomicLong bytes = new AtomicLong();

    /** @param room the most decisions that wait */
    LineQueue(int room) {
        this.waiting = new ArrayBlockingQueue<>(room);
    }

    /** Returns false where there is no room. */
    boolean offer(LogEntry.Decided decided) {
        long length = decided.members().length();
        if (bytes.addAndGet(length) <= MAX_BYTES && waiting.offer(decided)) {
            return true;
        }
        bytes.addAndGet(-length);
        return false;
    }

    Optional<LogEntry.Decided> poll() {
        Optional<LogEntry.Decided> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(decided -> bytes.addAndGet(-decided.members().length()));
        return next;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}

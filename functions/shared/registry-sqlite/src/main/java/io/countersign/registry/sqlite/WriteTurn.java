package io.countersign.registry.sqlite;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A fair lock for the writing threads of this process. While its holder makes no progress, only a few threads may
 * wait: a thread that waits for a write serves no read.
 */
final class WriteTurn {
    /** The number of threads that may wait for a write without progress. */
    static final int MAX_WAITING = 4;

    /** A transaction lasts a few milliseconds. One that lasts this long waits for a disk or for another process. */
    static final Duration NO_PROGRESS_AFTER = Duration.ofSeconds(1);

    /** How often a waiting thread checks for progress. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongSupplier nanos;
    private volatile long since;
    private volatile boolean taken;

    /** @param nanos a monotonic clock */
    WriteTurn(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Waits for the lock, which its holder releases with {@link #giveBack}.
     *
     * @param deadline by the monotonic clock
     * @return whether the lock was obtained
     */
    boolean take(long deadline) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            while (true) {
                long left = deadline - nanos.getAsLong();
                if (lock.tryLock(Math.clamp(left, 0, POLL_INTERVAL.toNanos()), TimeUnit.NANOSECONDS)) {
                    since = nanos.getAsLong();
                    taken = true;
                    return true;
                }
                if (left <= 0 || (waiting.get() > MAX_WAITING && isSlow())) {
                    return false;
                }
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    void giveBack() {
        taken = false;
        lock.unlock();
    }

    private boolean isSlow() {
        return taken && nanos.getAsLong() - since >= NO_PROGRESS_AFTER.toNanos();
    }
}

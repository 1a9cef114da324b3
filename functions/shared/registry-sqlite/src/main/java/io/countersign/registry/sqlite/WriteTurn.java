package io.countersign.registry.sqlite;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Whose turn it is to write among the threads of this process, in the order in which they came. When the one whose turn it is makes no headway, few go on
 * waiting: a thread that waits for a write serves no read.
 */
final class WriteTurn {
    /** Threads that wait for a write which does not end. */
    static final int FEW = 4;

    /** A transaction takes a few milliseconds; one that takes this long waits for a disk, or for another process. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** How often a waiting thread looks whether there is headway. */
    private static final Duration LOOK = Duration.ofMillis(50);

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
     * Waits for the turn; who has it gives it back.
     *
     * @param deadline by the monotonic clock
     * @return whether it came
     */
    boolean take(long deadline) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            while (true) {
                long left = deadline - nanos.getAsLong();
                if (lock.tryLock(Math.clamp(left, 0, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
                    since = nanos.getAsLong();
                    taken = true;
                    return true;
                }
                if (left <= 0 || (waiting.get() > FEW && isSlow())) {
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
        return taken && nanos.getAsLong() - since >= SLOW.toNanos();
    }
}

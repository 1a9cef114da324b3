package io.countersign.gateway.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The thread pool of one lane. Endpoints run here, so that event loops never block on a store. The number of threads and the queue are bounded. */
final class Workers {
    private final ThreadPoolExecutor pool;

    /** @param name the name of the lane, which becomes part of its threads' names */
    Workers(String name, int threads, int queue) {
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                threads("countersign-" + name + "-"));
        pool.allowCoreThreadTimeOut(true);
    }

    /** Names threads by an atomic counter. That of {@link Thread#ofPlatform} is a VarHandle, whose first use takes a part of the gateway's start. */
    private static ThreadFactory threads(String prefix) {
        AtomicLong number = new AtomicLong();
        return work -> new Thread(work, prefix + number.getAndIncrement());
    }

    /** Submits work; returns false when the queue is full or the server is closing. */
    boolean offer(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Refuses new work from here on. */
    void refuse() {
        pool.shutdown();
    }

    /**
     * Refuses new work, waits for accepted work to finish, and interrupts it when the time is over. Interrupted work has one more second to end.
     *
     * @param nanos the maximum time before the interrupt, in nanoseconds
     */
    void close(long nanos) {
        refuse();
        try {
            if (!pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                pool.shutdownNow();
                pool.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package io.countersign.gateway.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that faces run on, so that no event loop waits for a store; bounded in threads and in waiting work. */
final class Workers implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor pool;

    /** @param name of the lane, for the names of its threads */
    Workers(String name, int threads, int queue) {
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name("countersign-" + name + "-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Whether the work was taken; false: too much is waiting already, or the server is closing. */
    boolean offer(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes no more work from here on. */
    void refuse() {
        pool.shutdown();
    }

    /** Takes no more work and lets what was taken finish, for some seconds at most. */
    @Override
    public void close() {
        refuse();
        try {
            if (!pool.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

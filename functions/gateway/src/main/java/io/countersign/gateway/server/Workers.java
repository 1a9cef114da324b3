package io.countersign.gateway.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that faces run on, so that no event loop waits for a store; bounded in threads and in waiting work. */
final class Workers {
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

    /**
     * Takes no more work, lets what was taken finish, and interrupts it when the time is over.
     *
     * @param nanos how long at most; past it the work has a second to end
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

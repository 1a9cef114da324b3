package io.countersign.gateway.tasks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread for tasks beside requests. A failure of a task is reported and ends nothing. What {@link #close} interrupts has not failed, and is not reported: the operator who stops the gateway has nothing to do about it.
 */
public final class BackgroundThread implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final Consumer<Exception> failures;
    private final ScheduledExecutorService thread;

    /** Work that may fail. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /**
     * @param name of the thread
     * @param failures is told what tasks throw, on this thread
     */
    public BackgroundThread(String name, Consumer<Exception> failures) {
        this.failures = failures;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Runs a task again and again.
     *
     * @param first the time until its first run
     * @param pause the time between the end of a run and the next
     */
    public void repeat(Duration first, Duration pause, Task task) {
        thread.scheduleWithFixedDelay(() -> attempt(task), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, after those that wait already. Does nothing once this is closed. */
    public void run(Task task) {
        try {
            thread.execute(() -> attempt(task));
        } catch (RejectedExecutionException e) {
            // It is closed.
        }
    }

    /** Whether {@link #close} was called. A failure from then on can be its interrupt. */
    public boolean isClosing() {
        return thread.isShutdown();
    }

    /** A periodic task never runs again after it has thrown, so every exception ends here. */
    @SuppressWarnings("CatchingUnchecked")
    private void attempt(Task task) {
        try {
            task.run();
        } catch (Exception e) {
            if (!isClosing()) {
                failures.accept(e);
            }
        }
    }

    /** Interrupts the task that runs, and waits up to 5 seconds for its end. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

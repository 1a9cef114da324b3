package io.countersign.gateway.tasks;

import io.countersign.http.Failures;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread for tasks beside requests. A failure of a task is reported and ends nothing. A defect, which is any unchecked exception, is logged here, without its message: that may quote what the task
 * had read. What {@link #close} interrupts has not failed, and is not reported: the operator who stops the gateway has nothing to do about it.
 */
public final class BackgroundThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackgroundThread.class.getName());
    private static final long CLOSE_SECONDS = 5;

    private final String name;
    private final Consumer<Exception> failures;
    private final ScheduledExecutorService thread;

    /** Work that may fail. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** A thread whose tasks have no failures but defects. */
    public BackgroundThread(String name) {
        this(name, failure -> logDefect(name, failure));
    }

    /**
     * @param name of the thread
     * @param failures is told the checked exceptions of tasks, on this thread
     */
    public BackgroundThread(String name, Consumer<Exception> failures) {
        this.name = name;
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
    private void attempt(Task task) {
        try {
            task.run();
        } catch (RuntimeException defect) {
            if (!isClosing()) {
                logDefect(name, defect);
            }
        } catch (Exception e) {
            if (!isClosing()) {
                failures.accept(e);
            }
        }
    }

    private static void logDefect(String name, Exception defect) {
        LOG.log(System.Logger.Level.ERROR, () -> "event=failure of=" + name + " " + Failures.trace(defect));
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

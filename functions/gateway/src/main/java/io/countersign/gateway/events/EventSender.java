package io.countersign.gateway.events;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread of its own that sends, so that a webhook which hangs holds up nothing else. While it sends, one more sending waits, however often it is asked for. */
final class EventSender implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Runnable send;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("events").daemon().factory());

    /** @param send does not fail */
    EventSender(Runnable send) {
        this.send = send;
    }

    /** Sends soon, and returns at once. */
    void soon() {
        if (!queued.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.execute(() -> {
                queued.set(false);
                send.run();
            });
        } catch (RejectedExecutionException e) {
            // It is closing: the events wait in the registry for the next start.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

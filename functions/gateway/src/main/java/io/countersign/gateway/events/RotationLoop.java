package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.Rotation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs rotation periodically, and sends the events of the outbox on a second thread. Several gateways may share a registry: each finds the same keys due, and the
 * store's conditional writes let one of them do each change.
 */
public final class RotationLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RotationLoop.class.getName());

    private final Rotation rotation;
    private final RotateFunction function;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Duration pollInterval;
    private final ScheduledExecutorService thread;
    private final EventSender sender;

    /** Nothing is rotated before {@link #begin}, except by a call of {@link #handle}. */
    public RotationLoop(Rotation rotation, RegistryStore store, RotationProperties properties, InstantSource clock) {
        this.rotation = rotation;
        this.function = new RotateFunction(rotation);
        this.delivery = Delivery.of(store, properties, line -> LOG.log(System.Logger.Level.INFO, "{0}", line));
        this.clock = clock;
        this.pollInterval = properties.pollInterval();
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rotation").daemon().factory());
        this.sender = new EventSender(this::send);
    }

    /** Scans for due keys now, and then at the configured interval. Call it once, when the ports are open: a start that fails rotates nothing. */
    public void begin() {
        thread.scheduleWithFixedDelay(this::rotateDue, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts sending the events that wait in the outbox, and returns immediately. */
    public void sendWaiting() {
        sender.requestRun();
    }

    /** Answers {@code POST /events}: handles the event, and starts sending the events that this has put into the outbox. */
    public Reply handle(Call call, Instant now) {
        Reply reply = CallDeadline.without(() -> function.handle(call, now));
        sender.requestRun();
        return reply;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        delivery.close();
        sender.close();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rotateDue() {
        Instant now = clock.instant();
        try {
            rotation.handle(new IncomingEvent.Scheduled("gateway-" + UUID.randomUUID()), now);
        } catch (StoreUnavailable | RuntimeException e) {
            // A periodic task never runs again after it has thrown; one failure must not stop rotation.
            warn("rotation", e);
        }
        sender.requestRun();
    }

    private void send() {
        try {
            delivery.send(clock.instant());
        } catch (StoreUnavailable | IOException | RuntimeException e) {
            warn("outbox", e);
        }
    }

    /** Logs a failure. The next run repeats the work. */
    private static void warn(String task, Exception failure) {
        LOG.log(System.Logger.Level.WARNING, "event=failure of={0} reason=\"{1}\"", task, Reasons.of(failure));
    }

    /**
     * Sends on its own thread, so that a webhook that does not respond blocks nothing else. While one run is in progress, at most one further run is queued, however
     * often it is requested.
     */
    static final class EventSender implements AutoCloseable {
        private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

        private final Runnable send;
        private final AtomicBoolean queued = new AtomicBoolean();
        private final ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("events").daemon().factory());

        /** @param send must not throw */
        EventSender(Runnable send) {
            this.send = send;
        }

        /** Requests a run and returns immediately. */
        void requestRun() {
            if (!queued.compareAndSet(false, true)) {
                return;
            }
            try {
                thread.execute(() -> {
                    queued.set(false);
                    send.run();
                });
            } catch (RejectedExecutionException e) {
                // The sender is closing. The events stay in the outbox until the next start.
            }
        }

        @Override
        public void close() {
            thread.shutdownNow();
            try {
                thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.gateway.tasks.BackgroundThread;
import io.countersign.http.Call;
import io.countersign.http.LogValue;
import io.countersign.http.Reasons;
import io.countersign.http.Reply;
import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
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
    private final BackgroundThread thread = new BackgroundThread("rotation", e -> warn("rotation", e));
    private final EventSender sender;

    /** Nothing is rotated before {@link #begin}, except by a call of {@link #handle}. */
    public RotationLoop(Rotation rotation, RegistryStore store, RotationProperties properties, InstantSource clock) {
        this.rotation = rotation;
        this.function = new RotateFunction(rotation);
        this.delivery = Delivery.of(store, properties, line -> LOG.log(System.Logger.Level.INFO, "{0}", line));
        this.clock = clock;
        this.pollInterval = properties.pollInterval();
        this.sender = new EventSender(() -> delivery.send(clock.instant()));
    }

    /** Scans for due keys now, and then at the configured interval. Call it once, when the ports are open: a start that fails rotates nothing. */
    public void begin() {
        thread.repeat(Duration.ZERO, pollInterval, this::rotateDue);
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
        thread.close();
        sender.close();
        delivery.close();
    }

    private void rotateDue() throws StoreUnavailable {
        try {
            rotation.handle(new IncomingEvent.Scheduled("gateway-" + UUID.randomUUID()), clock.instant());
        } finally {
            sender.requestRun();
        }
    }

    /** Logs a failure. The next run repeats the work. */
    private static void warn(String task, Exception failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "event=failure of={0} reason={1}",
                task,
                LogValue.quoted(Reasons.of(failure)));
    }

    /**
     * Sends on its own thread, so that a webhook that does not respond blocks nothing else. While one run is in progress, at most one further run is queued, however
     * often it is requested.
     */
    static final class EventSender implements AutoCloseable {
        private final BackgroundThread.Task send;
        private final AtomicBoolean queued = new AtomicBoolean();
        private final BackgroundThread thread = new BackgroundThread("events", e -> warn("outbox", e));

        EventSender(BackgroundThread.Task send) {
            this.send = send;
        }

        /** Requests a run and returns immediately. Once the sender is closed, events stay in the outbox until the next start. */
        void requestRun() {
            if (queued.compareAndSet(false, true)) {
                thread.run(() -> {
                    queued.set(false);
                    send.run();
                });
            }
        }

        @Override
        public void close() {
            thread.close();
        }
    }
}

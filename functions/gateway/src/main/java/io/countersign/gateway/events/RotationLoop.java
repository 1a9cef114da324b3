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
 * Sends the scheduled event as often as it is configured, and, on another thread, the events that wait in the registry. Several gateways on one registry do no harm: they find the
 * same things due, and one of them does each.
 */
public final class RotationLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RotationLoop.class.getName());

    private final Rotation rotation;
    private final RotateFunction face;
    private final Delivery delivery;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final EventSender sender;

    private RotationLoop(Rotation rotation, Delivery delivery, InstantSource clock) {
        this.rotation = rotation;
        this.face = new RotateFunction(rotation);
        this.delivery = delivery;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rotation").daemon().factory());
        this.sender = new EventSender(this::send);
    }

    /** Looks at once, and from then on as often as configured. */
    public static RotationLoop start(
            Rotation rotation, RegistryStore store, RotationProperties properties, InstantSource clock) {
        Delivery delivery = Delivery.of(store, properties, line -> LOG.log(System.Logger.Level.INFO, "{0}", line));
        RotationLoop loop = new RotationLoop(rotation, delivery, clock);
        long millis = properties.pollInterval().toMillis();
        loop.thread.scheduleWithFixedDelay(loop::look, 0, millis, TimeUnit.MILLISECONDS);
        return loop;
    }

    /** {@code POST /events}: does what the event asks for, and sends soon what that has left in the registry. */
    public Reply handle(Call call, Instant now) {
        Reply reply = CallDeadline.without(() -> face.handle(call, now));
        sender.soon();
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

    private void look() {
        Instant now = clock.instant();
        try {
            rotation.handle(new IncomingEvent.Scheduled("gateway-" + UUID.randomUUID()), now);
        } catch (StoreUnavailable | RuntimeException e) {
            // What leaves a task of this kind ends it for good; a defect that shows once must not.
            warn("rotation", e);
        }
        sender.soon();
    }

    private void send() {
        try {
            delivery.send(clock.instant());
        } catch (StoreUnavailable | IOException | RuntimeException e) {
            warn("outbox", e);
        }
    }

    /** What was not done now is done the next time. */
    private static void warn(String what, Exception failure) {
        LOG.log(System.Logger.Level.WARNING, "event=failure of={0} reason=\"{1}\"", what, Reasons.of(failure));
    }

    /** A thread of its own that sends, so that a webhook which hangs holds up nothing else. While it sends, one more sending waits, however often it is asked for. */
    static final class EventSender implements AutoCloseable {
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
}

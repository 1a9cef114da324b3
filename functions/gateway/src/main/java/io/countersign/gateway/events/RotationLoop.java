package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.Rotation;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends the scheduled event as often as it is configured, and the events that wait in the registry. Several gateways on one registry do no harm: they find the
 * same things due, and one of them does each.
 */
public final class RotationLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RotationLoop.class.getName());

    private final Rotation rotation;
    private final RotateFunction face;
    private final Outbox outbox;
    private final Optional<Webhook> webhook;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;

    private RotationLoop(Rotation rotation, RegistryStore store, Optional<Webhook> webhook, InstantSource clock) {
        this.rotation = rotation;
        this.face = new RotateFunction(rotation);
        this.webhook = webhook;
        this.clock = clock;
        this.outbox = new Outbox(store, sink(webhook));
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rotation").daemon().factory());
    }

    /** Looks at once, and from then on as often as configured. */
    public static RotationLoop start(
            Rotation rotation, RegistryStore store, RotationProperties properties, InstantSource clock) {
        RotationLoop loop =
                new RotationLoop(rotation, store, properties.webhook().map(Webhook::new), clock);
        long millis = properties.lookEvery().toMillis();
        loop.thread.scheduleWithFixedDelay(loop::look, 0, millis, TimeUnit.MILLISECONDS);
        return loop;
    }

    /** {@code POST /events}: does what the event asks for, and sends soon what that has left in the registry. */
    public Reply handle(Call call, Instant now) {
        Reply reply = face.handle(call, now);
        try {
            thread.execute(() -> send(clock.instant()));
        } catch (RejectedExecutionException e) {
            // It is closing: the events wait in the registry for the next start.
        }
        return reply;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        webhook.ifPresent(Webhook::close);
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
        } catch (StoreUnavailable e) {
            warn("rotation", e);
        }
        send(now);
    }

    private void send(Instant now) {
        try {
            outbox.send(now);
        } catch (StoreUnavailable | IOException e) {
            warn("outbox", e);
        }
    }

    /** What was not done now is done the next time. */
    private static void warn(String what, Exception failure) {
        LOG.log(System.Logger.Level.WARNING, "event=failure of={0} reason=\"{1}\"", what, failure.getMessage());
    }

    /** The log is written once the webhook has taken an event: a line for each time that it was sent. */
    private static EventSink sink(Optional<Webhook> webhook) {
        EventLog log = new EventLog();
        return events -> {
            if (webhook.isPresent()) {
                webhook.get().send(events);
            }
            log.send(events);
        };
    }
}

package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the events that wait in the registry to where the settings say: to the webhook where there is one, and as a line each. */
public final class Delivery implements AutoCloseable {
    private final Optional<Webhook> webhook;
    private final Outbox outbox;

    private Delivery(RegistryStore store, Optional<Webhook> webhook, Consumer<String> lines) {
        this.webhook = webhook;
        this.outbox = new Outbox(store, sink(webhook, lines));
    }

    /** @param lines takes a line about each event that was sent; no event holds a secret */
    public static Delivery of(RegistryStore store, RotationProperties properties, Consumer<String> lines) {
        return new Delivery(store, properties.webhook().map(Webhook::new), lines);
    }

    /**
     * @return how many were sent
     * @throws IOException when the webhook did not take them: they wait for the next time
     */
    public int send(Instant now) throws StoreUnavailable, IOException {
        return outbox.send(now);
    }

    @Override
    public void close() {
        webhook.ifPresent(Webhook::close);
    }

    /** The lines come once the webhook has taken an event: one for each time that it was sent. */
    private static EventSink sink(Optional<Webhook> webhook, Consumer<String> lines) {
        EventLines written = new EventLines(lines);
        return events -> {
            if (webhook.isPresent()) {
                webhook.get().send(events);
            }
            written.send(events);
        };
    }
}

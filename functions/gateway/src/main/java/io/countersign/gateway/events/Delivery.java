package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends the events that wait in the registry to where the settings say: as a line each, and to the webhook where there is one. */
public final class Delivery implements AutoCloseable {
    private final Optional<Webhook> webhook;
    private final Outbox outbox;

    private Delivery(RegistryStore store, Optional<Webhook> webhook, Consumer<String> lines) {
        this.webhook = webhook;
        this.outbox = new Outbox(store, new LinesAndHook(new EventLines(lines), webhook));
    }

    /** @param lines takes a line about each event when it is first found, whatever the webhook makes of it; no event holds a secret */
    public static Delivery of(RegistryStore store, RotationProperties properties, Consumer<String> lines) {
        return new Delivery(store, properties.webhook().map(Webhook::new), lines);
    }

    /**
     * Sends those whose time has come.
     *
     * @return how many were sent
     * @throws IOException when the webhook did not take some: they wait for their time
     */
    int send(Instant now) throws StoreUnavailable, IOException {
        return outbox.send(now);
    }

    /**
     * Sends all that wait.
     *
     * @return how many were sent
     * @throws IOException when the webhook did not take some: they wait
     */
    public int sendAll(Instant now) throws StoreUnavailable, IOException {
        return outbox.sendAll(now);
    }

    @Override
    public void close() {
        webhook.ifPresent(Webhook::close);
    }
}

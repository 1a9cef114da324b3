package io.countersign.gateway.events;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
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

    /** Writes a line when an event is found, and posts one event at a time, so that each is taken or refused by itself. */
    record LinesAndHook(EventLines lines, Optional<Webhook> webhook) implements EventSink {
        @Override
        public int atOnce() {
            return webhook.isPresent() ? 1 : MAX_EVENTS;
        }

        @Override
        public void waiting(List<OutboxItem.OutgoingEvent> events) {
            lines.write(events);
        }

        @Override
        public void send(List<OutboxItem.OutgoingEvent> events) throws IOException {
            if (webhook.isPresent()) {
                for (OutboxItem.OutgoingEvent event : events) {
                    webhook.get().post(event);
                }
            }
        }
    }

    /** One line for each event. No event holds a secret. */
    static final class EventLines {
        /** Ids that are remembered, so that an event which waits long has one line. */
        private static final int REMEMBERED = 10_000;

        private final Consumer<String> lines;
        private final SequencedSet<String> written = new LinkedHashSet<>();

        EventLines(Consumer<String> lines) {
            this.lines = lines;
        }

        synchronized void write(List<OutboxItem.OutgoingEvent> events) {
            for (OutboxItem.OutgoingEvent event : events) {
                if (written.add(event.id())) {
                    lines.accept("event=" + event.type() + " id=" + event.id() + " time=" + event.time() + " detail="
                            + event.detail());
                }
            }
            while (written.size() > REMEMBERED) {
                written.removeFirst();
            }
        }
    }
}

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

/** Sends the events of the registry's outbox: each becomes a log line and, when a webhook is configured, a request to it. */
public final class Delivery implements AutoCloseable {
    private final Optional<Webhook> webhook;
    private final Outbox outbox;

    private Delivery(RegistryStore store, Optional<Webhook> webhook, Consumer<String> lines) {
        this.webhook = webhook;
        this.outbox = new Outbox(store, new LogAndWebhook(new EventLog(lines), webhook));
    }

    /** @param lines receives one line for each event when it is first found, whether or not the webhook accepts it; no event contains a secret */
    public static Delivery of(RegistryStore store, RotationProperties properties, Consumer<String> lines) {
        return new Delivery(store, properties.webhook().map(Webhook::new), lines);
    }

    /**
     * Sends the events whose next attempt is due.
     *
     * @return the number of events sent
     * @throws IOException when the webhook did not accept some of them; they stay in the outbox until their next attempt is due
     */
    int send(Instant now) throws StoreUnavailable, IOException {
        return outbox.send(now);
    }

    /**
     * Sends every event of the outbox, due or not.
     *
     * @return the number of events sent
     * @throws IOException when the webhook did not accept some of them; they stay in the outbox
     */
    public int sendAll(Instant now) throws StoreUnavailable, IOException {
        return outbox.sendAll(now);
    }

    @Override
    public void close() {
        webhook.ifPresent(Webhook::close);
    }

    /** Writes the line when an event is found. Posts one event at a time, so that the webhook accepts or refuses each separately. */
    record LogAndWebhook(EventLog log, Optional<Webhook> webhook) implements EventSink {
        @Override
        public int atOnce() {
            return webhook.isPresent() ? 1 : MAX_EVENTS;
        }

        @Override
        public void waiting(List<OutboxItem.OutgoingEvent> events) {
            log.write(events);
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

    /** Writes one line for each event. No event contains a secret. */
    static final class EventLog {
        /** The number of event ids remembered, so that an event that stays in the outbox is written once. */
        private static final int REMEMBERED = 10_000;

        private final Consumer<String> lines;
        private final SequencedSet<String> written = new LinkedHashSet<>();

        EventLog(Consumer<String> lines) {
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

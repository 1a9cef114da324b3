package io.countersign.gateway.events;

import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.rotate.EventSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes a line when an event is found, and posts one event at a time, so that each is taken or refused by itself. */
record LinesAndHook(EventLines lines, Optional<Webhook> webhook) implements EventSink {
    @Override
    public int atOnce() {
        return webhook.isPresent() ? 1 : MAX_EVENTS;
    }

    @Override
    public void waiting(List<OutgoingEvent> events) {
        lines.write(events);
    }

    @Override
    public void send(List<OutgoingEvent> events) throws IOException {
        if (webhook.isPresent()) {
            for (OutgoingEvent event : events) {
                webhook.get().post(event);
            }
        }
    }
}

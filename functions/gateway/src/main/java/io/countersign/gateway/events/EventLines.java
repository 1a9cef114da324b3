package io.countersign.gateway.events;

import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.rotate.EventSink;
import java.util.List;
import java.util.function.Consumer;

/** One line for each event. No event holds a secret. */
record EventLines(Consumer<String> lines) implements EventSink {
    @Override
    public void send(List<OutgoingEvent> events) {
        for (OutgoingEvent event : events) {
            lines.accept("event=" + event.type() + " id=" + event.id() + " time=" + event.time() + " detail="
                    + event.detail());
        }
    }
}

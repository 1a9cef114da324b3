package io.countersign.gateway.events;

import io.countersign.registry.rotation.OutgoingEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** One line for each event. No event holds a secret. */
final class EventLines {
    /** Ids that are remembered, so that an event which waits long has one line. */
    private static final int REMEMBERED = 10_000;

    private final Consumer<String> lines;
    private final SequencedSet<String> written = new LinkedHashSet<>();

    EventLines(Consumer<String> lines) {
        this.lines = lines;
    }

    synchronized void write(List<OutgoingEvent> events) {
        for (OutgoingEvent event : events) {
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

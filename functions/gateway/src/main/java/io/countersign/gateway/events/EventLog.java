package io.countersign.gateway.events;

import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.rotate.EventSink;
import java.util.List;

/** One line in the log for each event. No event holds a secret. */
final class EventLog implements EventSink {
    private static final System.Logger LOG = System.getLogger(EventLog.class.getName());

    @Override
    public void send(List<OutgoingEvent> events) {
        for (OutgoingEvent event : events) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "event={0} id={1} time={2} detail={3}",
                    event.type(),
                    event.id(),
                    event.time(),
                    event.detail());
        }
    }
}

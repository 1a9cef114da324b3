package io.countersign.rotate;

import io.countersign.registry.rotation.OutboxItem;
import java.io.IOException;
import java.util.List;

/** Delivers rotation's events. After a crash an event may be sent twice, with the same id. */
@FunctionalInterface
public interface EventSink {
    /** The most events of one call, which is EventBridge's limit for PutEvents. */
    int MAX_EVENTS = 10;

    /** The events to hand over in one call, 1 to {@link #MAX_EVENTS}. A call that fails counts as a refusal of all of them. */
    default int atOnce() {
        return MAX_EVENTS;
    }

    /** Reports the waiting events before any of them is sent, on each pass over them. */
    default void waiting(List<OutboxItem.OutgoingEvent> events) {}

    /**
     * Sends the events.
     *
     * @param events 1 to {@link #atOnce}, the oldest first
     * @throws NotTaken when the receiver refused some of them, which are sent again later
     * @throws IOException when the receiver accepted none, or when that is unknown; all are sent again later
     */
    void send(List<OutboxItem.OutgoingEvent> events) throws IOException;

    /** Signals that the receiver accepted some events of a batch and refused others. */
    public final class NotTaken extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient List<OutboxItem.OutgoingEvent> refused;

        /** @param refused the events that were refused; all others of the batch were accepted */
        public NotTaken(String message, List<OutboxItem.OutgoingEvent> refused) {
            super(message);
            this.refused = List.copyOf(refused);
        }

        List<OutboxItem.OutgoingEvent> refused() {
            return refused;
        }
    }
}

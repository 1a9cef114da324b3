package io.countersign.rotate;

import io.countersign.registry.rotation.OutboxItem;
import java.io.IOException;
import java.util.List;

/** Where events go. An event may be sent twice after a crash; its id is then the same. */
@FunctionalInterface
public interface EventSink {
    /** Events that one call may send: as many as EventBridge takes at once. */
    int MAX_EVENTS = 10;

    /** Events that are sent at once, 1 to {@link #MAX_EVENTS}: those that are not taken together are judged together. */
    default int atOnce() {
        return MAX_EVENTS;
    }

    /** Told of every event that waits, before one of them is sent, and again each time that they are looked at. */
    default void waiting(List<OutboxItem.OutgoingEvent> events) {}

    /**
     * Sends all of them.
     *
     * @param events 1 to {@link #atOnce}, the oldest first
     * @throws NotTaken when some of them were not taken: these are sent again later
     * @throws IOException when none of them was taken, or that is not known: they are all sent again later
     */
    void send(List<OutboxItem.OutgoingEvent> events) throws IOException;

    /** A sink took some events of a batch and refused others. */
    public final class NotTaken extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient List<OutboxItem.OutgoingEvent> refused;

        /** @param refused those that were not taken; all others of the batch were */
        public NotTaken(String message, List<OutboxItem.OutgoingEvent> refused) {
            super(message);
            this.refused = List.copyOf(refused);
        }

        List<OutboxItem.OutgoingEvent> refused() {
            return refused;
        }
    }
}

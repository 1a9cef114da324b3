package io.countersign.rotate;

import io.countersign.registry.rotation.OutgoingEvent;
import java.io.IOException;
import java.util.List;

/** Where events go. An event may be sent twice after a crash; its id is then the same. */
@FunctionalInterface
public interface EventSink {
    /** Events that one call may send: as many as EventBridge takes at once. */
    int MAX_EVENTS = 10;

    /**
     * Sends all of them.
     *
     * @param events 1 to {@link #MAX_EVENTS}, the oldest first
     * @throws IOException when not every one of them was taken; they are all sent again later
     */
    void send(List<OutgoingEvent> events) throws IOException;
}

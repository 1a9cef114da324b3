package io.countersign.rotate;

import io.countersign.registry.rotation.OutgoingEvent;
import java.io.IOException;
import java.util.List;

/** A sink took some events of a batch and refused others. */
public final class NotTaken extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<OutgoingEvent> refused;

    /** @param refused those that were not taken; all others of the batch were */
    public NotTaken(String message, List<OutgoingEvent> refused) {
        super(message);
        this.refused = List.copyOf(refused);
    }

    List<OutgoingEvent> refused() {
        return refused;
    }
}

package io.countersign.rotate;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks which keys are due, and does what is due about each of their holders. */
record Schedule(RegistryStore store, Holders holders, StepAttempt steps, TokenKeyRotation tokenKeys) {
    EventAnswer handle(IncomingEvent.Scheduled event, Instant now) throws StoreUnavailable {
        Attempts attempts = new Attempts(store, event, now);
        return attempts.until(() -> {
            List<Fact> facts = new ArrayList<>(tokenKeys.lookAt(event, now));
            facts.addAll(new Look(store, holders, steps, event, now).run());
            return attempts.remembered(new EventAnswer.Done(facts), List.of());
        });
    }
}

package io.countersign.rotate;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks which keys are due, and does what is due about each of their holders. Says what cannot be read when everything else is done. */
record Schedule(RegistryStore store, Holders holders, StepAttempt steps, TokenKeyRotation tokenKeys) {
    EventAnswer handle(IncomingEvent.Scheduled event, Instant now) throws StoreUnavailable {
        Attempts attempts = new Attempts(store, event, now);
        return attempts.until(() -> {
            Look look = new Look(store, holders, steps, event, now);
            List<Fact> facts = new ArrayList<>(look.run());
            facts.addAll(tokenKeys.lookAt(event, now));
            if (look.unreadable().isPresent()) {
                throw look.unreadable().get();
            }
            return attempts.remembered(new EventAnswer.Done(facts), List.of());
        });
    }
}

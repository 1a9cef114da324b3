package io.countersign.rotate;

import io.countersign.registry.Debt;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a key out of use that another service has made: here at once, whatever that service answers, and marked as owed to it. Then, step by step, a new key is made
 * and the service is told. What this leaves undone the next look at due keys goes on with.
 */
record Withdrawal(Holders holders, StepAttempt steps) {
    /** More steps than a holder can need at once: others may be changing the same keys. */
    private static final int MOST_STEPS = 30;

    void putOutOfUse(StoredKey key, Change change, Instant now) {
        Optional<StoredKey> successor = change.holder().successor(key);
        if (key.status().verifies()) {
            change.put(key.movedTo(KeyStatus.INACTIVE, now).owing(Debt.DEACTIVATION));
            Steps.tellDeactivated(change, key.id(), Cause.COMPROMISED);
        } else {
            change.put(key.owing(Debt.DEACTIVATION));
        }
        if (successor.isPresent() && successor.get().signsFrom().isAfter(now)) {
            change.put(successor.get().signingFrom(now));
        }
    }

    /**
     * @param first what was written when the key was put out of use here
     * @return empty when somebody else has handled the event meanwhile
     * @throws StoreUnavailable when the service was not told: the event is to be sent again
     */
    Optional<EventAnswer> goOn(Change first, IncomingEvent event, Attempts attempts, Instant now)
            throws StoreUnavailable {
        List<Fact> facts = new ArrayList<>(first.ledger().facts());
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<LoadedHolder> loaded = holders.load(first.holder().owner(), now);
            Optional<Step> step = loaded.flatMap(found -> Lifecycle.withdrawal(found.holder()));
            if (loaded.isEmpty() || step.isEmpty()) {
                return attempts.remembered(new EventAnswer.Done(facts), List.of());
            }
            Change change = steps.make(step.get(), loaded.get(), event, now);
            if (attempts.commitUnremembered(change)) {
                facts.addAll(change.ledger().facts());
            }
            refuseOwed(change);
        }
        throw new StoreUnavailable("others keep changing the same keys; send the event again");
    }

    private static void refuseOwed(Change change) throws StoreUnavailable {
        boolean owed = change.holder().keys().stream().anyMatch(StoredKey::owed);
        if (owed && change.failure().isPresent()) {
            throw new StoreUnavailable("the key is out of use here, but not at its authority: "
                    + change.failure().get().reason());
        }
    }
}

package io.countersign.rotate;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs an action and returns the transaction that records it; when the authority refuses the action, the transaction records the failure. */
record ActionRunner(ActionExecutor executor, KeyOwners keyOwners) {
    /** The pause after a transient failure. */
    static final Duration SOON = Duration.ofMinutes(5);

    private static final Duration DAY = Duration.ofDays(1);

    /** Runs one action. The caller writes the transaction. */
    KeyTransaction run(RotationAction action, KeyOwner.Loaded loaded, IncomingEvent event, Instant now)
            throws StoreUnavailable {
        KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
        try {
            executor.execute(action, change, cause(action), now);
            return change;
        } catch (AuthorityFailure e) {
            return failed(action, e, loaded, event, now);
        }
    }

    /** The result of deleting the keys that an interrupted creation left. */
    sealed interface Settled {
        /** The authority refused; the caller writes the transaction. */
        record Failed(KeyTransaction change) implements Settled {}

        /** There is nothing to record; a later check may be needed. */
        record Clean(Optional<Instant> nextCheckAt) implements Settled {}
    }

    Settled settle(KeyOwner.Loaded loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
        if (loaded.keyOwner().keys().isEmpty()) {
            return new Settled.Clean(Optional.empty());
        }
        try {
            return new Settled.Clean(executor.settle(loaded.keyOwner(), now));
        } catch (AuthorityFailure e) {
            KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
            recordFailure(change, loaded.keyOwner().keys().getLast().id(), RotationAction.Cause.DUE, e, now);
            return new Settled.Failed(change);
        }
    }

    private KeyTransaction failed(
            RotationAction action, AuthorityFailure failure, KeyOwner.Loaded loaded, IncomingEvent event, Instant now)
            throws StoreUnavailable {
        boolean another = action instanceof RotationAction.Supplant || action instanceof RotationAction.MakeRoom;
        if (another && !failure.isTransient()) {
            // The key cannot be replaced, and is deactivated all the same.
            return run(new RotationAction.DeactivateRemotely(action.key(), Optional.of(failure)), loaded, event, now);
        }
        KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
        recordFailure(change, action.key().id(), cause(action), failure, now);
        return change;
    }

    /** Records the failure once a day for each key and code, however often the action is tried. */
    private void recordFailure(
            KeyTransaction change, String about, RotationAction.Cause cause, AuthorityFailure failure, Instant now)
            throws StoreUnavailable {
        ItemKey told =
                new ItemKey("told/" + Fact.Type.ROTATION_FAILED.text() + "." + about + "." + failure.code(), "told");
        if (keyOwners.get(told, now).isEmpty()) {
            executor.failed(change, about, cause, failure, now);
            change.and(Write.put(told, "{}", now.plus(DAY), Condition.anything()));
        }
        change.failed(failure, now.plus(failure.isTransient() ? SOON : DAY));
    }

    private static RotationAction.Cause cause(RotationAction action) {
        return switch (action) {
            case RotationAction.Supplant supplant -> RotationAction.Cause.COMPROMISED;
            case RotationAction.MakeRoom make -> RotationAction.Cause.COMPROMISED;
            case RotationAction.DeactivateRemotely deactivate -> RotationAction.Cause.COMPROMISED;
            case RotationAction.Create create -> RotationAction.Cause.DUE;
            case RotationAction.Retire retire -> RotationAction.Cause.DUE;
            case RotationAction.Deactivate deactivate -> RotationAction.Cause.DUE;
            case RotationAction.Delete delete -> RotationAction.Cause.DUE;
            case RotationAction.Full full -> RotationAction.Cause.DUE;
        };
    }
}

package io.countersign.rotate;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes a step into a change; when the authority over the keys does not follow, into one that tells so. */
record StepAttempt(Steps steps, Holders holders) {
    /** What time may mend is tried again soon. */
    static final Duration SOON = Duration.ofMinutes(5);

    private static final Duration DAY = Duration.ofDays(1);

    /** The change is yet to be written. */
    Change make(Step step, LoadedHolder loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
        Change change = new Change(loaded, new Ledger(event, now), now);
        try {
            steps.make(step, change, cause(step), now);
            return change;
        } catch (AuthorityFailure e) {
            return failed(step, e, loaded, event, now);
        }
    }

    /** What came of taking away what an earlier creation has left. */
    sealed interface Settled {
        /** The change is yet to be written. */
        record Told(Change change) implements Settled {}

        /** There is nothing to tell, and perhaps something to look at later. */
        record Quiet(Optional<Instant> lookAgain) implements Settled {}
    }

    Settled settle(LoadedHolder loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
        if (loaded.holder().keys().isEmpty()) {
            return new Settled.Quiet(Optional.empty());
        }
        try {
            return new Settled.Quiet(steps.settle(loaded.holder(), now));
        } catch (AuthorityFailure e) {
            Change change = new Change(loaded, new Ledger(event, now), now);
            tell(change, loaded.holder().keys().getLast().id(), Cause.DUE, e, now);
            return new Settled.Told(change);
        }
    }

    private Change failed(Step step, AuthorityFailure failure, LoadedHolder loaded, IncomingEvent event, Instant now)
            throws StoreUnavailable {
        boolean another = step instanceof Step.Supplant || step instanceof Step.MakeRoom;
        if (another && !failure.isPassing()) {
            // No other key will stand in its place: at least it goes.
            return make(new Step.Withdraw(step.key(), Optional.of(failure)), loaded, event, now);
        }
        Change change = new Change(loaded, new Ledger(event, now), now);
        tell(change, step.key().id(), cause(step), failure, now);
        return change;
    }

    /** Once a day for one key and code, however often it is tried. */
    private void tell(Change change, String about, Cause cause, AuthorityFailure failure, Instant now)
            throws StoreUnavailable {
        ItemKey told =
                new ItemKey("told/" + FactType.ROTATION_FAILED.text() + "." + about + "." + failure.code(), "told");
        if (holders.get(told, now).isEmpty()) {
            steps.failed(change, about, cause, failure, now);
            change.and(Write.put(told, "{}", now.plus(DAY), Condition.anything()));
        }
        change.failed(failure, now.plus(failure.isPassing() ? SOON : DAY));
    }

    private static Cause cause(Step step) {
        return switch (step) {
            case Step.Supplant supplant -> Cause.COMPROMISED;
            case Step.MakeRoom make -> Cause.COMPROMISED;
            case Step.Withdraw withdraw -> Cause.COMPROMISED;
            case Step.Create create -> Cause.DUE;
            case Step.Retire retire -> Cause.DUE;
            case Step.Deactivate deactivate -> Cause.DUE;
            case Step.Delete delete -> Cause.DUE;
            case Step.Full full -> Cause.DUE;
        };
    }
}

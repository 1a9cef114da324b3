package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key that is to be replaced now: as if it were due. */
record Request(RegistryStore store, Holders holders, Steps steps) {
    EventAnswer handle(IncomingEvent.AccessKeyRotationRequested event, Instant now) throws StoreUnavailable {
        EventMemory.OptimisticRetry attempts = new EventMemory.OptimisticRetry(store, event, now);
        List<Fact> facts = new ArrayList<>();
        return attempts.until(() -> attempt(event, attempts, facts, now));
    }

    /** @param facts what earlier attempts have done: the room that is made for a new key is recorded before the key is asked for */
    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyRotationRequested event,
            EventMemory.OptimisticRetry attempts,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        Optional<StoredKey> named = holders.key(event.accessKeyId(), now);
        Optional<Holder.LoadedHolder> loaded =
                named.isEmpty() ? Optional.empty() : holders.load(named.get().owner(), now);
        Optional<StoredKey> key = loaded.flatMap(found -> found.holder().key(event.accessKeyId()));
        if (loaded.isEmpty() || key.isEmpty()) {
            return attempts.refuse(EventAnswer.Refusal.NO_SUCH_ACCESS_KEY);
        }
        if (loaded.get().holder().isRotating()) {
            return attempts.refuse(EventAnswer.Refusal.ROTATION_IN_PROGRESS);
        }
        if (key.get().status() != KeyStatus.ACTIVE) {
            return attempts.refuse(EventAnswer.Refusal.ACCESS_KEY_NOT_ACTIVE);
        }
        return replace(key.get(), loaded.get(), event, attempts, facts, now);
    }

    private Optional<EventAnswer> replace(
            StoredKey key,
            Holder.LoadedHolder loaded,
            IncomingEvent event,
            EventMemory.OptimisticRetry attempts,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        Change change = new Change(loaded, new Ledger(event, now), now);
        Step.Replacing step = Lifecycle.replace(change.holder(), key);
        if (step instanceof Step.Delete delete && isDecidedHereFirst(delete.key(), change.holder())) {
            change.put(delete.key().owing(StoredKey.Debt.DELETION));
            attempts.commitUnremembered(change);
            return Optional.empty();
        }
        try {
            steps.make(step, change, Step.Cause.REQUESTED, now);
        } catch (AuthorityFailure e) {
            if (e.isPassing()) {
                throw new StoreUnavailable("the key is not replaced yet; send the event again: " + e.reason());
            }
            Change failed = new Change(loaded, new Ledger(event, now), now);
            steps.failed(failed, key.id(), Step.Cause.REQUESTED, e, now);
            return attempts.refuse(EventAnswer.Refusal.ROTATION_FAILED, failed);
        }
        return switch (step) {
            case Step.Full full -> attempts.refuse(EventAnswer.Refusal.ROTATION_FAILED, change);
            case Step.Create create -> {
                List<Fact> all = new ArrayList<>(facts);
                all.addAll(change.ledger().facts());
                yield attempts.remembered(
                        new EventAnswer.Done(all), change.transaction().writes());
            }
            case Step.Delete delete -> {
                if (attempts.commitUnremembered(change)) {
                    facts.addAll(change.ledger().facts());
                }
                yield Optional.empty();
            }
        };
    }

    /** Nothing but the request asks for the deletion: when its answer is lost, or the process is, the next look goes on with what stands here. */
    private static boolean isDecidedHereFirst(StoredKey key, Holder holder) {
        return KeyAuthority.Authorities.isRam(holder) && key.debt() == StoredKey.Debt.NONE;
    }
}

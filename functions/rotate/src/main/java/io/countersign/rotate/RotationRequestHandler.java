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
record RotationRequestHandler(RegistryStore store, Holders holders, ActionExecutor steps) {
    EventAnswer handle(IncomingEvent.AccessKeyRotationRequested event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry attempts = new IdempotencyStore.OptimisticRetry(store, event, now);
        List<Fact> facts = new ArrayList<>();
        return attempts.until(() -> attempt(event, attempts, facts, now));
    }

    /** @param facts what earlier attempts have done: the room that is made for a new key is recorded before the key is asked for */
    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyRotationRequested event,
            IdempotencyStore.OptimisticRetry attempts,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        Optional<StoredKey> named = holders.key(event.accessKeyId(), now);
        Optional<KeyOwner.LoadedHolder> loaded =
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
            KeyOwner.LoadedHolder loaded,
            IncomingEvent event,
            IdempotencyStore.OptimisticRetry attempts,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
        RotationAction.Replacing step = Lifecycle.replace(change.holder(), key);
        if (step instanceof RotationAction.Delete delete && isDecidedHereFirst(delete.key(), change.holder())) {
            change.put(delete.key().owing(StoredKey.Debt.DELETION));
            attempts.commitUnremembered(change);
            return Optional.empty();
        }
        try {
            steps.make(step, change, RotationAction.Cause.REQUESTED, now);
        } catch (AuthorityFailure e) {
            if (e.isTransient()) {
                throw new StoreUnavailable("the key is not replaced yet; send the event again: " + e.reason());
            }
            KeyTransaction failed = new KeyTransaction(loaded, new EventRecorder(event, now), now);
            steps.failed(failed, key.id(), RotationAction.Cause.REQUESTED, e, now);
            return attempts.refuse(EventAnswer.Refusal.ROTATION_FAILED, failed);
        }
        return switch (step) {
            case RotationAction.Full full -> attempts.refuse(EventAnswer.Refusal.ROTATION_FAILED, change);
            case RotationAction.Create create -> {
                List<Fact> all = new ArrayList<>(facts);
                all.addAll(change.ledger().facts());
                yield attempts.remembered(
                        new EventAnswer.Done(all), change.transaction().writes());
            }
            case RotationAction.Delete delete -> {
                if (attempts.commitUnremembered(change)) {
                    facts.addAll(change.ledger().facts());
                }
                yield Optional.empty();
            }
        };
    }

    /** Nothing but the request asks for the deletion: when its answer is lost, or the process is, the next look goes on with what stands here. */
    private static boolean isDecidedHereFirst(StoredKey key, KeyOwner holder) {
        return KeyAuthority.Authorities.isRam(holder) && key.debt() == StoredKey.Debt.NONE;
    }
}

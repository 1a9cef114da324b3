package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces a key now, as if it were due. */
record RotationRequestHandler(RegistryStore store, KeyOwners keyOwners, ActionExecutor executor) {
    EventAnswer handle(IncomingEvent.AccessKeyRotationRequested event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
        List<Fact> facts = new ArrayList<>();
        return retry.until(() -> attempt(event, retry, facts, now));
    }

    /** @param facts of earlier attempts: the deletion that makes room for a new key is committed before the key is created */
    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyRotationRequested event,
            IdempotencyStore.OptimisticRetry retry,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        Optional<StoredKey> named = keyOwners.key(event.accessKeyId(), now);
        Optional<KeyOwner.Loaded> loaded =
                named.isEmpty() ? Optional.empty() : keyOwners.load(named.get().owner(), now);
        Optional<StoredKey> key = loaded.flatMap(found -> found.keyOwner().key(event.accessKeyId()));
        if (loaded.isEmpty() || key.isEmpty()) {
            return retry.refuse(EventAnswer.Refusal.NO_SUCH_ACCESS_KEY);
        }
        if (loaded.get().keyOwner().isRotating()) {
            return retry.refuse(EventAnswer.Refusal.ROTATION_IN_PROGRESS);
        }
        if (key.get().status() != KeyStatus.ACTIVE) {
            return retry.refuse(EventAnswer.Refusal.ACCESS_KEY_NOT_ACTIVE);
        }
        return replace(key.get(), loaded.get(), event, retry, facts, now);
    }

    private Optional<EventAnswer> replace(
            StoredKey key,
            KeyOwner.Loaded loaded,
            IncomingEvent event,
            IdempotencyStore.OptimisticRetry retry,
            List<Fact> facts,
            Instant now)
            throws StoreUnavailable {
        KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
        RotationAction.Replacing action = Lifecycle.replace(change.keyOwner(), key);
        if (action instanceof RotationAction.Delete delete
                && isDecisionCommittedFirst(delete.key(), change.keyOwner())) {
            change.put(delete.key().owing(StoredKey.Debt.DELETION));
            retry.commitUnremembered(change);
            return Optional.empty();
        }
        try {
            executor.execute(action, change, RotationAction.Cause.REQUESTED, now);
        } catch (AuthorityFailure e) {
            if (e.isTransient()) {
                throw new StoreUnavailable("the key is not replaced yet; send the event again: " + e.reason());
            }
            KeyTransaction failed = new KeyTransaction(loaded, new EventRecorder(event, now), now);
            executor.failed(failed, key.id(), RotationAction.Cause.REQUESTED, e, now);
            return retry.refuse(EventAnswer.Refusal.ROTATION_FAILED, failed);
        }
        return switch (action) {
            case RotationAction.Full full -> retry.refuse(EventAnswer.Refusal.ROTATION_FAILED, change);
            case RotationAction.Create create -> {
                List<Fact> all = new ArrayList<>(facts);
                all.addAll(change.recorder().facts());
                yield retry.remembered(
                        new EventAnswer.Done(all), change.transaction().writes());
            }
            case RotationAction.Delete delete -> {
                if (retry.commitUnremembered(change)) {
                    facts.addAll(change.recorder().facts());
                }
                yield Optional.empty();
            }
        };
    }

    /** Whether to commit the decision before the deletion at RAM. Only the request causes the deletion, so after a crash the next scan needs the record to resume. */
    private static boolean isDecisionCommittedFirst(StoredKey key, KeyOwner keyOwner) {
        return KeyAuthority.Authorities.isRam(keyOwner) && key.debt() == StoredKey.Debt.NONE;
    }
}

package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;

/** A key that is to be replaced now: as if it were due. */
record Request(RegistryStore store, Holders holders, Steps steps) {
    EventAnswer handle(IncomingEvent.AccessKeyRotationRequested event, Instant now) throws StoreUnavailable {
        Attempts attempts = new Attempts(store, event, now);
        return attempts.until(() -> attempt(event, attempts, now));
    }

    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyRotationRequested event, Attempts attempts, Instant now) throws StoreUnavailable {
        Optional<StoredKey> named = holders.key(event.accessKeyId(), now);
        Optional<LoadedHolder> loaded =
                named.isEmpty() ? Optional.empty() : holders.load(named.get().owner(), now);
        Optional<StoredKey> key = loaded.flatMap(found -> found.holder().key(event.accessKeyId()));
        if (loaded.isEmpty() || key.isEmpty()) {
            return attempts.refuse(Refusal.NO_SUCH_ACCESS_KEY);
        }
        if (loaded.get().holder().isRotating()) {
            return attempts.refuse(Refusal.ROTATION_IN_PROGRESS);
        }
        if (key.get().status() != KeyStatus.ACTIVE) {
            return attempts.refuse(Refusal.ACCESS_KEY_NOT_ACTIVE);
        }
        return replace(key.get(), loaded.get(), event, attempts, now);
    }

    private Optional<EventAnswer> replace(
            StoredKey key, LoadedHolder loaded, IncomingEvent event, Attempts attempts, Instant now)
            throws StoreUnavailable {
        Change change = new Change(loaded, new Ledger(event, now), now);
        try {
            Step step = Lifecycle.replace(change.holder(), key);
            steps.make(step, change, Cause.REQUESTED, now);
            if (step instanceof Step.Full) {
                return attempts.refuse(Refusal.ROTATION_FAILED, change);
            }
            if (step instanceof Step.Delete) {
                steps.make(Lifecycle.replace(change.holder(), key), change, Cause.REQUESTED, now);
            }
            return attempts.commit(change);
        } catch (AuthorityFailure e) {
            if (e.isPassing()) {
                throw new StoreUnavailable("the key is not replaced yet; send the event again: " + e.reason());
            }
            Change failed = new Change(loaded, new Ledger(event, now), now);
            steps.failed(failed, key.id(), Cause.REQUESTED, e, now);
            return attempts.refuse(Refusal.ROTATION_FAILED, failed);
        }
    }
}

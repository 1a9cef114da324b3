package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Handles a key whose secret others may know: one transaction deactivates it, revokes the sessions that it issued, and creates a key that signs at once. When
 * another service is the authority over the key, the registry is changed first; see {@link Compromise.RemoteDeactivation}.
 */
record Compromise(
        RegistryStore store, KeyOwners keyOwners, ActionExecutor executor, RemoteDeactivation remoteDeactivation) {
    EventAnswer handle(IncomingEvent.AccessKeyCompromised event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
        return retry.until(() -> attempt(event, retry, now));
    }

    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyCompromised event, IdempotencyStore.OptimisticRetry retry, Instant now)
            throws StoreUnavailable {
        Optional<StoredKey> key = keyOwners.key(event.accessKeyId(), now);
        if (key.isEmpty()) {
            return retry.refuse(EventAnswer.Refusal.NO_SUCH_ACCESS_KEY);
        }
        Optional<KeyOwner.Loaded> loaded = keyOwners.load(key.get().owner(), now);
        if (loaded.isEmpty() || loaded.get().keyOwner().key(key.get().id()).isEmpty()) {
            // A deleted key verifies and signs nothing, and none of its sessions is valid.
            return retry.done();
        }
        KeyTransaction change = new KeyTransaction(loaded.get(), new EventRecorder(event, now), now);
        StoredKey held = loaded.get().keyOwner().key(key.get().id()).orElseThrow();
        if (KeyAuthority.Authorities.isRam(change.keyOwner())) {
            remoteDeactivation.putOutOfUse(held, change, now);
            revoke(held, change, now);
            return retry.commitUnremembered(change)
                    ? remoteDeactivation.resume(change, event, retry, now)
                    : Optional.empty();
        }
        try {
            putOutOfUse(held, change, now);
            revoke(held, change, now);
            return retry.commit(change);
        } catch (AuthorityFailure e) {
            throw new StoreUnavailable("the registry refused a change of its own keys: " + e.reason(), e);
        }
    }

    private void putOutOfUse(StoredKey key, KeyTransaction change, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        boolean replace = needsReplacement(key, change.keyOwner());
        if (replace && change.keyOwner().isFull()) {
            executor.delete(
                    key,
                    "its secret may be known to others, and its place is needed",
                    change,
                    RotationAction.Cause.COMPROMISED,
                    now);
        } else {
            executor.deactivate(key, change, RotationAction.Cause.COMPROMISED, now);
        }
        Optional<StoredKey> successor = change.keyOwner().successor(key);
        if (replace) {
            executor.create(change.keyOwner().stillReplacedBy(key), now, change, RotationAction.Cause.COMPROMISED, now);
        } else if (successor.isPresent() && successor.get().signsFrom().isAfter(now)) {
            change.put(successor.get().signingFrom(now));
        }
    }

    /** Whether the key needs a new replacement; a key that is being replaced has one. */
    private static boolean needsReplacement(StoredKey key, KeyOwner keyOwner) {
        return key.status().verifies()
                ? keyOwner.successor(key).isEmpty() && !isRetired(key, keyOwner)
                : KeyOwner.isSpent(key) && keyOwner.newestActive().isEmpty();
    }

    private static boolean isRetired(StoredKey key, KeyOwner keyOwner) {
        return key.status() == KeyStatus.RETIRING && keyOwner.newestActive().isPresent();
    }

    private void revoke(StoredKey key, KeyTransaction change, Instant now) throws StoreUnavailable {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        RevocationItem.Revocable about = new RevocationItem.Revocable.OfAccessKey(key.id());
        ItemKey item = RevocationItem.key(about);
        List<Write> moving = Revocations.Writes.of(about, moment, keyOwners.get(item, now));
        if (moving.isEmpty()) {
            return;
        }
        moving.forEach(change::and);
        change.recorder()
                .recordFact(
                        Fact.Type.SESSIONS_REVOKED,
                        key.id() + "." + moment.toEpochMilli(),
                        key.id(),
                        "the key that founded them may be known to others",
                        detail -> detail.put("accessKeyId", key.id())
                                .put("accountId", key.owner().accountId())
                                .put("revokedBefore", moment.toString())
                                .put("cause", RotationAction.Cause.COMPROMISED.text()));
    }

    /**
     * Deactivates a key of another service. The registry is changed first, whatever that service answers, and marks the key's deactivation as pending. Then a new key
     * is created and the old one deactivated at the service, one action at a time. The next scan of due keys resumes after an interruption.
     */
    record RemoteDeactivation(KeyOwners keyOwners, ActionRunner runner) {
        /** More actions than an owner can need at once, because other processes may change the same keys. */
        private static final int MAX_ACTIONS = 30;

        void putOutOfUse(StoredKey key, KeyTransaction change, Instant now) {
            Optional<StoredKey> successor = change.keyOwner().successor(key);
            if (key.status().verifies()) {
                change.put(key.movedTo(KeyStatus.INACTIVE, now).owing(StoredKey.Debt.DEACTIVATION));
                ActionExecutor.recordDeactivated(change, key.id(), RotationAction.Cause.COMPROMISED);
            } else {
                change.put(key.owing(StoredKey.Debt.DEACTIVATION));
            }
            if (successor.isPresent() && successor.get().signsFrom().isAfter(now)) {
                change.put(successor.get().signingFrom(now));
            }
        }

        /**
         * Creates the new key and deactivates the old one at the service.
         *
         * @param first the transaction that deactivated the key in the registry
         * @return empty when another process has handled the event meanwhile
         * @throws StoreUnavailable when the service did not deactivate the key; the event must be sent again
         */
        Optional<EventAnswer> resume(
                KeyTransaction first, IncomingEvent event, IdempotencyStore.OptimisticRetry retry, Instant now)
                throws StoreUnavailable {
            List<Fact> facts = new ArrayList<>(first.recorder().facts());
            for (int i = 0; i < MAX_ACTIONS; i++) {
                Optional<KeyOwner.Loaded> loaded =
                        keyOwners.load(first.keyOwner().owner(), now);
                Optional<RotationAction> action =
                        loaded.flatMap(found -> Lifecycle.remoteDeactivation(found.keyOwner()));
                if (loaded.isEmpty() || action.isEmpty()) {
                    return retry.remembered(new EventAnswer.Done(facts), List.of());
                }
                KeyTransaction change = runner.run(action.get(), loaded.get(), event, now);
                if (retry.commitUnremembered(change)) {
                    facts.addAll(change.recorder().facts());
                }
                requireDeactivated(change);
            }
            throw new StoreUnavailable("other processes keep changing the same keys; send the event again");
        }

        private static void requireDeactivated(KeyTransaction change) throws StoreUnavailable {
            boolean pending = change.keyOwner().keys().stream().anyMatch(StoredKey::deactivationPending);
            if (pending && change.failure().isPresent()) {
                throw new StoreUnavailable("the key is inactive in the registry, but not at its authority: "
                        + change.failure().get().reason());
            }
        }
    }
}

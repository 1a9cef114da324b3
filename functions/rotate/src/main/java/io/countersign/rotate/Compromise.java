package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key whose secret others may know: in one transaction it is put out of use, the sessions that it founded are revoked, and another is there to sign at once. Where
 * another service makes the keys, the registry comes first: see {@link Compromise.RemoteDeactivation}.
 */
record Compromise(RegistryStore store, Holders holders, ActionExecutor steps, RemoteDeactivation withdrawal) {
    EventAnswer handle(IncomingEvent.AccessKeyCompromised event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry attempts = new IdempotencyStore.OptimisticRetry(store, event, now);
        return attempts.until(() -> attempt(event, attempts, now));
    }

    private Optional<EventAnswer> attempt(
            IncomingEvent.AccessKeyCompromised event, IdempotencyStore.OptimisticRetry attempts, Instant now)
            throws StoreUnavailable {
        Optional<StoredKey> key = holders.key(event.accessKeyId(), now);
        if (key.isEmpty()) {
            return attempts.refuse(EventAnswer.Refusal.NO_SUCH_ACCESS_KEY);
        }
        Optional<KeyOwner.LoadedHolder> loaded = holders.load(key.get().owner(), now);
        if (loaded.isEmpty() || loaded.get().holder().key(key.get().id()).isEmpty()) {
            // Deleted: it opens and signs nothing, and no session of it is taken.
            return attempts.done();
        }
        KeyTransaction change = new KeyTransaction(loaded.get(), new EventRecorder(event, now), now);
        StoredKey held = loaded.get().holder().key(key.get().id()).orElseThrow();
        if (KeyAuthority.Authorities.isRam(change.holder())) {
            withdrawal.putOutOfUse(held, change, now);
            revoke(held, change, now);
            return attempts.commitUnremembered(change)
                    ? withdrawal.goOn(change, event, attempts, now)
                    : Optional.empty();
        }
        try {
            putOutOfUse(held, change, now);
            revoke(held, change, now);
            return attempts.commit(change);
        } catch (AuthorityFailure e) {
            throw new StoreUnavailable("the registry's own keys are never refused to it: " + e.reason(), e);
        }
    }

    private void putOutOfUse(StoredKey key, KeyTransaction change, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        boolean replace = needsReplacement(key, change.holder());
        if (replace && change.holder().isFull()) {
            steps.delete(
                    key,
                    "its secret may be known to others, and its place is needed",
                    change,
                    RotationAction.Cause.COMPROMISED,
                    now);
        } else {
            steps.deactivate(key, change, RotationAction.Cause.COMPROMISED, now);
        }
        Optional<StoredKey> successor = change.holder().successor(key);
        if (replace) {
            steps.create(change.holder().stillReplacedBy(key), now, change, RotationAction.Cause.COMPROMISED, now);
        } else if (successor.isPresent() && successor.get().signsFrom().isAfter(now)) {
            change.put(successor.get().signingFrom(now));
        }
    }

    /** A key that is being replaced has its replacement already. */
    private static boolean needsReplacement(StoredKey key, KeyOwner holder) {
        return key.status().verifies()
                ? holder.successor(key).isEmpty() && !isRetired(key, holder)
                : KeyOwner.isSpent(key) && holder.newestActive().isEmpty();
    }

    private static boolean isRetired(StoredKey key, KeyOwner holder) {
        return key.status() == KeyStatus.RETIRING && holder.newestActive().isPresent();
    }

    private void revoke(StoredKey key, KeyTransaction change, Instant now) throws StoreUnavailable {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        RevocationItem.Revocable about = new RevocationItem.Revocable.OfAccessKey(key.id());
        ItemKey item = RevocationItem.key(about);
        Optional<Item> standing = holders.get(item, now);
        if (standing.isPresent()
                && !Records.read(standing.get(), RevocationItem::read).isBefore(moment)) {
            return;
        }
        Condition asItWas = standing.<Condition>map(found -> Condition.versionEquals(found.version()))
                .orElse(Condition.absentOrExpired());
        change.and(RevocationItem.put(about, moment, asItWas));
        change.ledger()
                .tell(
                        Fact.FactType.SESSIONS_REVOKED,
                        key.id() + "." + moment.toEpochMilli(),
                        key.id(),
                        "the key that founded them may be known to others",
                        detail -> detail.put("accessKeyId", key.id())
                                .put("accountId", key.owner().accountId())
                                .put("revokedBefore", moment.toString())
                                .put("cause", RotationAction.Cause.COMPROMISED.text()));
    }

    /**
     * Puts a key out of use that another service has made: here at once, whatever that service answers, and marked as owed to it. Then, step by step, a new key is made
     * and the service is told. What this leaves undone the next look at due keys goes on with.
     */
    record RemoteDeactivation(Holders holders, ActionExecutor.ActionRunner steps) {
        /** More steps than a holder can need at once: others may be changing the same keys. */
        private static final int MOST_STEPS = 30;

        void putOutOfUse(StoredKey key, KeyTransaction change, Instant now) {
            Optional<StoredKey> successor = change.holder().successor(key);
            if (key.status().verifies()) {
                change.put(key.movedTo(KeyStatus.INACTIVE, now).owing(StoredKey.Debt.DEACTIVATION));
                ActionExecutor.tellDeactivated(change, key.id(), RotationAction.Cause.COMPROMISED);
            } else {
                change.put(key.owing(StoredKey.Debt.DEACTIVATION));
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
        Optional<EventAnswer> goOn(
                KeyTransaction first, IncomingEvent event, IdempotencyStore.OptimisticRetry attempts, Instant now)
                throws StoreUnavailable {
            List<Fact> facts = new ArrayList<>(first.ledger().facts());
            for (int i = 0; i < MOST_STEPS; i++) {
                Optional<KeyOwner.LoadedHolder> loaded =
                        holders.load(first.holder().owner(), now);
                Optional<RotationAction> step = loaded.flatMap(found -> Lifecycle.withdrawal(found.holder()));
                if (loaded.isEmpty() || step.isEmpty()) {
                    return attempts.remembered(new EventAnswer.Done(facts), List.of());
                }
                KeyTransaction change = steps.make(step.get(), loaded.get(), event, now);
                if (attempts.commitUnremembered(change)) {
                    facts.addAll(change.ledger().facts());
                }
                refuseOwed(change);
            }
            throw new StoreUnavailable("others keep changing the same keys; send the event again");
        }

        private static void refuseOwed(KeyTransaction change) throws StoreUnavailable {
            boolean owed = change.holder().keys().stream().anyMatch(StoredKey::deactivationPending);
            if (owed && change.failure().isPresent()) {
                throw new StoreUnavailable("the key is out of use here, but not at its authority: "
                        + change.failure().get().reason());
            }
        }
    }
}

package io.countersign.rotate;

import io.countersign.json.JsonText;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.StoredKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import io.countersign.signing.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes steps: tells the authority first, then puts into a change what the registry will hold. */
record ActionExecutor(KeyAuthority.Authorities authorities, Sealer sealer, Duration cacheBound) {
    /** What cannot be done is tried again tomorrow. */
    private static final Duration AGAIN = Duration.ofDays(1);

    static final String NEEDED = "its place is needed for a new key";

    private static final AuthorityFailure NOT_TOLD = AuthorityFailure.lasting(
            "RamNotTold",
            "it was out of use here before RAM was told, and its user's keys are not RAM's any more; put it out of use there");

    /** @throws AuthorityFailure when the authority over the keys refuses; the change is then as it was */
    void make(RotationAction step, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        switch (step) {
            case RotationAction.Create create ->
                create(Optional.of(create.key()), signsFrom(change, now), change, cause, now);
            case RotationAction.Retire retire -> retire(retire.key(), change, cause, now);
            case RotationAction.Deactivate deactivate -> deactivate(deactivate.key(), change, cause, now);
            case RotationAction.Delete delete -> delete(delete.key(), delete.why(), change, cause, now);
            case RotationAction.Full full ->
                failed(change, full.key().id(), cause, Lifecycle.full(change.holder()), now);
            case RotationAction.Supplant supplant -> {
                if (supplant.first()) {
                    delete(supplant.key(), NEEDED, change, cause, now);
                }
                create(change.holder().stillReplacedBy(supplant.key()), now, change, cause, now);
            }
            case RotationAction.MakeRoom make -> delete(make.room(), NEEDED, change, cause, now);
            case RotationAction.Withdraw withdraw -> withdraw(withdraw, change, cause, now);
        }
    }

    /** Takes away what an earlier creation has left at the holder's authority; when it is too early for that, says when to try. */
    Optional<Instant> settle(KeyOwner holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        return authorities.of(holder).settle(holder, now);
    }

    /** While another key can sign, a new one waits until everybody knows it. */
    private Instant signsFrom(KeyTransaction change, Instant now) {
        KeyOwner holder = change.holder();
        return holder.newestActive().isPresent()
                ? now.plus(cacheBound).plus(authorities.of(holder).propagationDelay())
                : now;
    }

    /**
     * Makes a new key.
     *
     * @param signsFrom later than now while another key can sign: until then some reader may not know the new one
     */
    void create(
            Optional<StoredKey> replaced,
            Instant signsFrom,
            KeyTransaction change,
            RotationAction.Cause cause,
            Instant now)
            throws AuthorityFailure, StoreUnavailable {
        KeyOwner holder = change.holder();
        KeyAuthority.NewKey made = authorities.of(holder).create(holder, now);
        AccessKey pair = made.pair();
        StoredKey key = new StoredKey(
                pair.id(),
                holder.owner(),
                KeyStatus.ACTIVE,
                now,
                StoredKey.KeyOrigin.MADE,
                Optional.of(sealed(pair)),
                now,
                signsFrom,
                replaced.map(StoredKey::id),
                false,
                StoredKey.Debt.NONE);
        change.put(key);
        made.with().forEach(change::and);
        tell(
                change,
                Fact.FactType.ACCESS_KEY_CREATED,
                key.id(),
                cause,
                "a new key was made",
                detail -> detail.put("replaces", key.replaces())
                        .put("signsFrom", key.signsFrom().toString()));
    }

    void deactivate(StoredKey key, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).deactivate(change.holder(), key.id(), now);
        if (!key.status().verifies()) {
            change.put(detachFromManifest(key, now));
            return;
        }
        change.put(key.movedTo(KeyStatus.INACTIVE, now));
        tellDeactivated(change, key.id(), cause);
    }

    static void tellDeactivated(KeyTransaction change, String accessKeyId, RotationAction.Cause cause) {
        String why = cause == RotationAction.Cause.COMPROMISED
                ? "its secret may be known to others"
                : "its overlap has ended";
        tell(change, Fact.FactType.ACCESS_KEY_DEACTIVATED, accessKeyId, cause, why, detail -> {});
    }

    private void withdraw(
            RotationAction.Withdraw withdraw, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        String id = withdraw.key().id();
        switch (authorities.of(change.holder()).deactivate(change.holder(), id, now)) {
            case THERE -> change.put(detachFromManifest(withdraw.key(), now).owing(StoredKey.Debt.NONE));
            case GONE -> tombstone(withdraw.key(), "RAM holds it no more", change, cause, now);
        }
        if (!KeyAuthority.Authorities.isRam(change.holder())) {
            failed(change, id, cause, NOT_TOLD, now);
        } else if (withdraw.alone().isPresent()) {
            failed(change, id, cause, withdraw.alone().get(), now);
        }
    }

    /** A key that leaked is never brought back by an older manifest, though it was the manifest that set it Inactive. */
    private static StoredKey detachFromManifest(StoredKey key, Instant now) {
        return key.followsManifest() ? key.movedTo(KeyStatus.INACTIVE, now) : key;
    }

    void delete(StoredKey key, String why, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).delete(change.holder(), key.id(), now);
        tombstone(key, why, change, cause, now);
    }

    private static void tombstone(
            StoredKey key, String why, KeyTransaction change, RotationAction.Cause cause, Instant now) {
        change.put(key.tombstone(now));
        tell(change, Fact.FactType.ACCESS_KEY_DELETED, key.id(), cause, why, detail -> {});
    }

    /** Tells that something could not be done, and when it is tried again: both once a day for one key and code. */
    void failed(
            KeyTransaction change,
            String accessKeyId,
            RotationAction.Cause cause,
            AuthorityFailure failure,
            Instant now) {
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        change.ledger()
                .tell(
                        Fact.FactType.ROTATION_FAILED,
                        accessKeyId + "." + failure.code() + "." + day,
                        accessKeyId,
                        failure.reason(),
                        detail -> {
                            describe(detail, change, accessKeyId, cause);
                            detail.put("code", failure.code()).put("reason", failure.reason());
                        });
        change.failed(failure, now.plus(AGAIN));
    }

    private void retire(StoredKey key, KeyTransaction change, RotationAction.Cause cause, Instant now) {
        change.put(key.movedTo(KeyStatus.RETIRING, now));
        Instant until = now.plus(change.holder().rule().overlap());
        tell(
                change,
                Fact.FactType.ACCESS_KEY_RETIRING,
                key.id(),
                cause,
                "a newer key signs now",
                detail -> detail.put("verifiesUntil", until.toString()));
    }

    private static void tell(
            KeyTransaction change,
            Fact.FactType type,
            String accessKeyId,
            RotationAction.Cause cause,
            String why,
            Consumer<JsonText.JsonObjectWriter> more) {
        change.ledger().tell(type, accessKeyId, accessKeyId, why, detail -> {
            describe(detail, change, accessKeyId, cause);
            more.accept(detail);
        });
    }

    private static void describe(
            JsonText.JsonObjectWriter detail, KeyTransaction change, String accessKeyId, RotationAction.Cause cause) {
        Owner owner = change.holder().owner();
        detail.put("accessKeyId", accessKeyId).put("accountId", owner.accountId());
        switch (owner) {
            case Owner.OfAccount account -> {}
            case Owner.OfUser user -> detail.put("userName", user.userName());
        }
        detail.put("cause", cause.text());
    }

    private String sealed(AccessKey pair) throws StoreUnavailable {
        try {
            return sealer.seal(pair.secret(), StoredKey.sealIdentity(pair.id()));
        } catch (SealingException e) {
            throw new StoreUnavailable("a new key could not be sealed: " + e.getMessage(), e);
        }
    }

    /** Makes a step into a change; when the authority over the keys does not follow, into one that tells so. */
    record ActionRunner(ActionExecutor steps, Holders holders) {
        /** What time may mend is tried again soon. */
        static final Duration SOON = Duration.ofMinutes(5);

        private static final Duration DAY = Duration.ofDays(1);

        /** The change is yet to be written. */
        KeyTransaction make(RotationAction step, KeyOwner.LoadedHolder loaded, IncomingEvent event, Instant now)
                throws StoreUnavailable {
            KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
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
            record Told(KeyTransaction change) implements Settled {}

            /** There is nothing to tell, and perhaps something to look at later. */
            record Quiet(Optional<Instant> lookAgain) implements Settled {}
        }

        Settled settle(KeyOwner.LoadedHolder loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
            if (loaded.holder().keys().isEmpty()) {
                return new Settled.Quiet(Optional.empty());
            }
            try {
                return new Settled.Quiet(steps.settle(loaded.holder(), now));
            } catch (AuthorityFailure e) {
                KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
                tell(change, loaded.holder().keys().getLast().id(), RotationAction.Cause.DUE, e, now);
                return new Settled.Told(change);
            }
        }

        private KeyTransaction failed(
                RotationAction step,
                AuthorityFailure failure,
                KeyOwner.LoadedHolder loaded,
                IncomingEvent event,
                Instant now)
                throws StoreUnavailable {
            boolean another = step instanceof RotationAction.Supplant || step instanceof RotationAction.MakeRoom;
            if (another && !failure.isTransient()) {
                // No other key will stand in its place: at least it goes.
                return make(new RotationAction.Withdraw(step.key(), Optional.of(failure)), loaded, event, now);
            }
            KeyTransaction change = new KeyTransaction(loaded, new EventRecorder(event, now), now);
            tell(change, step.key().id(), cause(step), failure, now);
            return change;
        }

        /** Once a day for one key and code, however often it is tried. */
        private void tell(
                KeyTransaction change, String about, RotationAction.Cause cause, AuthorityFailure failure, Instant now)
                throws StoreUnavailable {
            ItemKey told = new ItemKey(
                    "told/" + Fact.FactType.ROTATION_FAILED.text() + "." + about + "." + failure.code(), "told");
            if (holders.get(told, now).isEmpty()) {
                steps.failed(change, about, cause, failure, now);
                change.and(Write.put(told, "{}", now.plus(DAY), Condition.anything()));
            }
            change.failed(failure, now.plus(failure.isTransient() ? SOON : DAY));
        }

        private static RotationAction.Cause cause(RotationAction step) {
            return switch (step) {
                case RotationAction.Supplant supplant -> RotationAction.Cause.COMPROMISED;
                case RotationAction.MakeRoom make -> RotationAction.Cause.COMPROMISED;
                case RotationAction.Withdraw withdraw -> RotationAction.Cause.COMPROMISED;
                case RotationAction.Create create -> RotationAction.Cause.DUE;
                case RotationAction.Retire retire -> RotationAction.Cause.DUE;
                case RotationAction.Deactivate deactivate -> RotationAction.Cause.DUE;
                case RotationAction.Delete delete -> RotationAction.Cause.DUE;
                case RotationAction.Full full -> RotationAction.Cause.DUE;
            };
        }
    }
}

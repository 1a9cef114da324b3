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
record Steps(KeyAuthority.Authorities authorities, Sealer sealer, Duration cacheBound) {
    /** What cannot be done is tried again tomorrow. */
    private static final Duration AGAIN = Duration.ofDays(1);

    static final String NEEDED = "its place is needed for a new key";

    private static final AuthorityFailure NOT_TOLD = AuthorityFailure.lasting(
            "RamNotTold",
            "it was out of use here before RAM was told, and its user's keys are not RAM's any more; put it out of use there");

    /** @throws AuthorityFailure when the authority over the keys refuses; the change is then as it was */
    void make(Step step, Change change, Step.Cause cause, Instant now) throws AuthorityFailure, StoreUnavailable {
        switch (step) {
            case Step.Create create -> create(Optional.of(create.key()), signsFrom(change, now), change, cause, now);
            case Step.Retire retire -> retire(retire.key(), change, cause, now);
            case Step.Deactivate deactivate -> deactivate(deactivate.key(), change, cause, now);
            case Step.Delete delete -> delete(delete.key(), delete.why(), change, cause, now);
            case Step.Full full -> failed(change, full.key().id(), cause, Lifecycle.full(change.holder()), now);
            case Step.Supplant supplant -> {
                if (supplant.first()) {
                    delete(supplant.key(), NEEDED, change, cause, now);
                }
                create(change.holder().stillReplacedBy(supplant.key()), now, change, cause, now);
            }
            case Step.MakeRoom make -> delete(make.room(), NEEDED, change, cause, now);
            case Step.Withdraw withdraw -> withdraw(withdraw, change, cause, now);
        }
    }

    /** Takes away what an earlier creation has left at the holder's authority; when it is too early for that, says when to try. */
    Optional<Instant> settle(Holder holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        return authorities.of(holder).settle(holder, now);
    }

    /** While another key can sign, a new one waits until everybody knows it. */
    private Instant signsFrom(Change change, Instant now) {
        Holder holder = change.holder();
        return holder.newestActive().isPresent()
                ? now.plus(cacheBound).plus(authorities.of(holder).spreads())
                : now;
    }

    /**
     * Makes a new key.
     *
     * @param signsFrom later than now while another key can sign: until then some reader may not know the new one
     */
    void create(Optional<StoredKey> replaced, Instant signsFrom, Change change, Step.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        Holder holder = change.holder();
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

    void deactivate(StoredKey key, Change change, Step.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).deactivate(change.holder(), key.id(), now);
        if (!key.status().verifies()) {
            change.put(outOfTheManifestsHands(key, now));
            return;
        }
        change.put(key.movedTo(KeyStatus.INACTIVE, now));
        tellDeactivated(change, key.id(), cause);
    }

    static void tellDeactivated(Change change, String accessKeyId, Step.Cause cause) {
        String why = cause == Step.Cause.COMPROMISED ? "its secret may be known to others" : "its overlap has ended";
        tell(change, Fact.FactType.ACCESS_KEY_DEACTIVATED, accessKeyId, cause, why, detail -> {});
    }

    private void withdraw(Step.Withdraw withdraw, Change change, Step.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        String id = withdraw.key().id();
        switch (authorities.of(change.holder()).deactivate(change.holder(), id, now)) {
            case THERE -> change.put(outOfTheManifestsHands(withdraw.key(), now).owing(StoredKey.Debt.NONE));
            case GONE -> bury(withdraw.key(), "RAM holds it no more", change, cause, now);
        }
        if (!KeyAuthority.Authorities.isRam(change.holder())) {
            failed(change, id, cause, NOT_TOLD, now);
        } else if (withdraw.alone().isPresent()) {
            failed(change, id, cause, withdraw.alone().get(), now);
        }
    }

    /** A key that leaked is never brought back by an older manifest, though it was the manifest that set it Inactive. */
    private static StoredKey outOfTheManifestsHands(StoredKey key, Instant now) {
        return key.followsManifest() ? key.movedTo(KeyStatus.INACTIVE, now) : key;
    }

    void delete(StoredKey key, String why, Change change, Step.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).delete(change.holder(), key.id(), now);
        bury(key, why, change, cause, now);
    }

    private static void bury(StoredKey key, String why, Change change, Step.Cause cause, Instant now) {
        change.put(key.tombstone(now));
        tell(change, Fact.FactType.ACCESS_KEY_DELETED, key.id(), cause, why, detail -> {});
    }

    /** Tells that something could not be done, and when it is tried again: both once a day for one key and code. */
    void failed(Change change, String accessKeyId, Step.Cause cause, AuthorityFailure failure, Instant now) {
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

    private void retire(StoredKey key, Change change, Step.Cause cause, Instant now) {
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
            Change change,
            Fact.FactType type,
            String accessKeyId,
            Step.Cause cause,
            String why,
            Consumer<JsonText.JsonObjectWriter> more) {
        change.ledger().tell(type, accessKeyId, accessKeyId, why, detail -> {
            describe(detail, change, accessKeyId, cause);
            more.accept(detail);
        });
    }

    private static void describe(
            JsonText.JsonObjectWriter detail, Change change, String accessKeyId, Step.Cause cause) {
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
    record ActionRunner(Steps steps, Holders holders) {
        /** What time may mend is tried again soon. */
        static final Duration SOON = Duration.ofMinutes(5);

        private static final Duration DAY = Duration.ofDays(1);

        /** The change is yet to be written. */
        Change make(Step step, Holder.LoadedHolder loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
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

        Settled settle(Holder.LoadedHolder loaded, IncomingEvent event, Instant now) throws StoreUnavailable {
            if (loaded.holder().keys().isEmpty()) {
                return new Settled.Quiet(Optional.empty());
            }
            try {
                return new Settled.Quiet(steps.settle(loaded.holder(), now));
            } catch (AuthorityFailure e) {
                Change change = new Change(loaded, new Ledger(event, now), now);
                tell(change, loaded.holder().keys().getLast().id(), Step.Cause.DUE, e, now);
                return new Settled.Told(change);
            }
        }

        private Change failed(
                Step step, AuthorityFailure failure, Holder.LoadedHolder loaded, IncomingEvent event, Instant now)
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
        private void tell(Change change, String about, Step.Cause cause, AuthorityFailure failure, Instant now)
                throws StoreUnavailable {
            ItemKey told = new ItemKey(
                    "told/" + Fact.FactType.ROTATION_FAILED.text() + "." + about + "." + failure.code(), "told");
            if (holders.get(told, now).isEmpty()) {
                steps.failed(change, about, cause, failure, now);
                change.and(Write.put(told, "{}", now.plus(DAY), Condition.anything()));
            }
            change.failed(failure, now.plus(failure.isPassing() ? SOON : DAY));
        }

        private static Step.Cause cause(Step step) {
            return switch (step) {
                case Step.Supplant supplant -> Step.Cause.COMPROMISED;
                case Step.MakeRoom make -> Step.Cause.COMPROMISED;
                case Step.Withdraw withdraw -> Step.Cause.COMPROMISED;
                case Step.Create create -> Step.Cause.DUE;
                case Step.Retire retire -> Step.Cause.DUE;
                case Step.Deactivate deactivate -> Step.Cause.DUE;
                case Step.Delete delete -> Step.Cause.DUE;
                case Step.Full full -> Step.Cause.DUE;
            };
        }
    }
}

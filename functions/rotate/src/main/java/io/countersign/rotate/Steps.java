package io.countersign.rotate;

import io.countersign.json.JsonObjectWriter;
import io.countersign.registry.Debt;
import io.countersign.registry.KeyOrigin;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.StoredKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes steps: tells the authority first, then puts into a change what the registry will hold. */
record Steps(Authorities authorities, Sealer sealer, Duration cacheBound) {
    /** What cannot be done is tried again tomorrow. */
    private static final Duration AGAIN = Duration.ofDays(1);

    static final String NEEDED = "its place is needed for a new key";

    private static final AuthorityFailure NOT_TOLD = AuthorityFailure.lasting(
            "RamNotTold",
            "it was out of use here before RAM was told, and its user's keys are not RAM's any more; put it out of use there");

    /** @throws AuthorityFailure when the authority over the keys refuses; the change is then as it was */
    void make(Step step, Change change, Cause cause, Instant now) throws AuthorityFailure, StoreUnavailable {
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
    void create(Optional<StoredKey> replaced, Instant signsFrom, Change change, Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        Holder holder = change.holder();
        NewKey made = authorities.of(holder).create(holder, now);
        AccessKey pair = made.pair();
        StoredKey key = new StoredKey(
                pair.id(),
                holder.owner(),
                KeyStatus.ACTIVE,
                now,
                KeyOrigin.MADE,
                Optional.of(sealed(pair)),
                now,
                signsFrom,
                replaced.map(StoredKey::id),
                false,
                Debt.NONE);
        change.put(key);
        made.with().forEach(change::and);
        tell(
                change,
                FactType.ACCESS_KEY_CREATED,
                key.id(),
                cause,
                "a new key was made",
                detail -> detail.put("replaces", key.replaces())
                        .put("signsFrom", key.signsFrom().toString()));
    }

    void deactivate(StoredKey key, Change change, Cause cause, Instant now) throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).deactivate(change.holder(), key.id(), now);
        if (!key.status().verifies()) {
            change.put(outOfTheManifestsHands(key, now));
            return;
        }
        change.put(key.movedTo(KeyStatus.INACTIVE, now));
        tellDeactivated(change, key.id(), cause);
    }

    static void tellDeactivated(Change change, String accessKeyId, Cause cause) {
        String why = cause == Cause.COMPROMISED ? "its secret may be known to others" : "its overlap has ended";
        tell(change, FactType.ACCESS_KEY_DEACTIVATED, accessKeyId, cause, why, detail -> {});
    }

    private void withdraw(Step.Withdraw withdraw, Change change, Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        String id = withdraw.key().id();
        switch (authorities.of(change.holder()).deactivate(change.holder(), id, now)) {
            case THERE -> change.put(outOfTheManifestsHands(withdraw.key(), now).owing(Debt.NONE));
            case GONE -> bury(withdraw.key(), "RAM holds it no more", change, cause, now);
        }
        if (!Authorities.isRam(change.holder())) {
            failed(change, id, cause, NOT_TOLD, now);
        } else if (withdraw.alone().isPresent()) {
            failed(change, id, cause, withdraw.alone().get(), now);
        }
    }

    /** A key that leaked is never brought back by an older manifest, though it was the manifest that set it Inactive. */
    private static StoredKey outOfTheManifestsHands(StoredKey key, Instant now) {
        return key.followsManifest() ? key.movedTo(KeyStatus.INACTIVE, now) : key;
    }

    void delete(StoredKey key, String why, Change change, Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.holder()).delete(change.holder(), key.id(), now);
        bury(key, why, change, cause, now);
    }

    private static void bury(StoredKey key, String why, Change change, Cause cause, Instant now) {
        change.put(key.tombstone(now));
        tell(change, FactType.ACCESS_KEY_DELETED, key.id(), cause, why, detail -> {});
    }

    /** Tells that something could not be done, and when it is tried again: both once a day for one key and code. */
    void failed(Change change, String accessKeyId, Cause cause, AuthorityFailure failure, Instant now) {
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        change.ledger()
                .tell(
                        FactType.ROTATION_FAILED,
                        accessKeyId + "." + failure.code() + "." + day,
                        accessKeyId,
                        failure.reason(),
                        detail -> {
                            describe(detail, change, accessKeyId, cause);
                            detail.put("code", failure.code()).put("reason", failure.reason());
                        });
        change.failed(failure, now.plus(AGAIN));
    }

    private void retire(StoredKey key, Change change, Cause cause, Instant now) {
        change.put(key.movedTo(KeyStatus.RETIRING, now));
        Instant until = now.plus(change.holder().rule().overlap());
        tell(
                change,
                FactType.ACCESS_KEY_RETIRING,
                key.id(),
                cause,
                "a newer key signs now",
                detail -> detail.put("verifiesUntil", until.toString()));
    }

    private static void tell(
            Change change,
            FactType type,
            String accessKeyId,
            Cause cause,
            String why,
            Consumer<JsonObjectWriter> more) {
        change.ledger().tell(type, accessKeyId, accessKeyId, why, detail -> {
            describe(detail, change, accessKeyId, cause);
            more.accept(detail);
        });
    }

    private static void describe(JsonObjectWriter detail, Change change, String accessKeyId, Cause cause) {
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
}

package io.countersign.rotate;

import io.countersign.json.JsonText;
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

/** Executes actions: calls the authority first, then adds the result to the registry's transaction. */
record ActionExecutor(KeyAuthority.Authorities authorities, Sealer sealer, Duration cacheBound) {
    /** The pause after a lasting failure. */
    private static final Duration AGAIN = Duration.ofDays(1);

    static final String NEEDED = "its place is needed for a new key";

    private static final AuthorityFailure NOT_TOLD = AuthorityFailure.lasting(
            "RamNotTold",
            "the registry deactivated it before RAM did, and RAM is no longer the authority over its user's keys; deactivate it at RAM");

    /** @throws AuthorityFailure when the authority over the keys refuses; the transaction is then unchanged */
    void execute(RotationAction action, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        switch (action) {
            case RotationAction.Create create ->
                create(Optional.of(create.key()), signsFrom(change, now), change, cause, now);
            case RotationAction.Retire retire -> retire(retire.key(), change, cause, now);
            case RotationAction.Deactivate deactivate -> deactivate(deactivate.key(), change, cause, now);
            case RotationAction.Delete delete -> delete(delete.key(), delete.why(), change, cause, now);
            case RotationAction.Full full ->
                failed(change, full.key().id(), cause, Lifecycle.full(change.keyOwner()), now);
            case RotationAction.Supplant supplant -> {
                if (supplant.first()) {
                    delete(supplant.key(), NEEDED, change, cause, now);
                }
                create(change.keyOwner().stillReplacedBy(supplant.key()), now, change, cause, now);
            }
            case RotationAction.MakeRoom make -> delete(make.room(), NEEDED, change, cause, now);
            case RotationAction.DeactivateRemotely deactivateRemotely ->
                deactivateRemotely(deactivateRemotely, change, cause, now);
        }
    }

    /** Deletes the keys that an interrupted creation left at the owner's authority. When it is too early for that, returns when to try. */
    Optional<Instant> settle(KeyOwner keyOwner, Instant now) throws AuthorityFailure, StoreUnavailable {
        return authorities.of(keyOwner).settle(keyOwner, now);
    }

    /** While another key can sign, a new key waits until all readers know it. */
    private Instant signsFrom(KeyTransaction change, Instant now) {
        KeyOwner keyOwner = change.keyOwner();
        return keyOwner.newestActive().isPresent()
                ? now.plus(cacheBound).plus(authorities.of(keyOwner).propagationDelay())
                : now;
    }

    /**
     * Creates a key.
     *
     * @param signsFrom later than now while another key can sign: until then some reader may not know the new key
     */
    void create(
            Optional<StoredKey> replaced,
            Instant signsFrom,
            KeyTransaction change,
            RotationAction.Cause cause,
            Instant now)
            throws AuthorityFailure, StoreUnavailable {
        KeyOwner keyOwner = change.keyOwner();
        KeyAuthority.NewKey made = authorities.of(keyOwner).create(keyOwner, now);
        AccessKey pair = made.pair();
        StoredKey key = new StoredKey(
                pair.id(),
                keyOwner.owner(),
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
        recordFact(
                change,
                Fact.Type.ACCESS_KEY_CREATED,
                key.id(),
                cause,
                "a new key was made",
                detail -> detail.put("replaces", key.replaces())
                        .put("signsFrom", key.signsFrom().toString()));
    }

    void deactivate(StoredKey key, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.keyOwner()).deactivate(change.keyOwner(), key.id(), now);
        if (!key.status().verifies()) {
            change.put(detachFromManifest(key, now));
            return;
        }
        change.put(key.movedTo(KeyStatus.INACTIVE, now));
        recordDeactivated(change, key.id(), cause);
    }

    static void recordDeactivated(KeyTransaction change, String accessKeyId, RotationAction.Cause cause) {
        String why = cause == RotationAction.Cause.COMPROMISED
                ? "its secret may be known to others"
                : "its overlap has ended";
        recordFact(change, Fact.Type.ACCESS_KEY_DEACTIVATED, accessKeyId, cause, why, detail -> {});
    }

    private void deactivateRemotely(
            RotationAction.DeactivateRemotely action, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        String id = action.key().id();
        switch (authorities.of(change.keyOwner()).deactivate(change.keyOwner(), id, now)) {
            case THERE -> change.put(detachFromManifest(action.key(), now).owing(StoredKey.Debt.NONE));
            case GONE -> tombstone(action.key(), "RAM holds it no more", change, cause, now);
        }
        if (!KeyAuthority.Authorities.isRam(change.keyOwner())) {
            failed(change, id, cause, NOT_TOLD, now);
        } else if (action.notReplaced().isPresent()) {
            failed(change, id, cause, action.notReplaced().get(), now);
        }
    }

    /** Detaches a key that leaked from the manifest that set it Inactive, so that no older manifest can activate it. */
    private static StoredKey detachFromManifest(StoredKey key, Instant now) {
        return key.followsManifest() ? key.movedTo(KeyStatus.INACTIVE, now) : key;
    }

    void delete(StoredKey key, String why, KeyTransaction change, RotationAction.Cause cause, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        authorities.of(change.keyOwner()).delete(change.keyOwner(), key.id(), now);
        tombstone(key, why, change, cause, now);
    }

    private static void tombstone(
            StoredKey key, String why, KeyTransaction change, RotationAction.Cause cause, Instant now) {
        change.put(key.tombstone(now));
        recordFact(change, Fact.Type.ACCESS_KEY_DELETED, key.id(), cause, why, detail -> {});
    }

    /** Records a failed action and the time of the next attempt, once a day for each key and code. */
    void failed(
            KeyTransaction change,
            String accessKeyId,
            RotationAction.Cause cause,
            AuthorityFailure failure,
            Instant now) {
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        change.recorder()
                .recordFact(
                        Fact.Type.ROTATION_FAILED,
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
        Instant until = now.plus(change.keyOwner().rule().overlap());
        recordFact(
                change,
                Fact.Type.ACCESS_KEY_RETIRING,
                key.id(),
                cause,
                "a newer key signs now",
                detail -> detail.put("verifiesUntil", until.toString()));
    }

    private static void recordFact(
            KeyTransaction change,
            Fact.Type type,
            String accessKeyId,
            RotationAction.Cause cause,
            String why,
            Consumer<JsonText.ObjectWriter> more) {
        change.recorder().recordFact(type, accessKeyId, accessKeyId, why, detail -> {
            describe(detail, change, accessKeyId, cause);
            more.accept(detail);
        });
    }

    private static void describe(
            JsonText.ObjectWriter detail, KeyTransaction change, String accessKeyId, RotationAction.Cause cause) {
        Owner owner = change.keyOwner().owner();
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

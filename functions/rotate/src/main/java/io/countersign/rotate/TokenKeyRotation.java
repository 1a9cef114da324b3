package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.Role;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rotates the token keys, which seal security tokens. A new key waits until every reader knows it. Then the older key seals no more; it opens tokens until the last
 * session that it sealed has ended, and is removed. Compromised keys are removed at once.
 */
record TokenKeyRotation(
        RegistryStore store, KeyOwners keyOwners, Sealer sealer, RotateSettings settings, SecureRandom random) {
    private static final Comparator<TokenKeyItem.StoredTokenKey> BY_AGE =
            Comparator.comparing(TokenKeyItem.StoredTokenKey::createdAt).thenComparing(TokenKeyItem.StoredTokenKey::id);

    /** Makes the changes that are due. After a conflict, another process has made them. */
    List<Fact> rotateDue(IncomingEvent event, Instant now) throws StoreUnavailable {
        Optional<Item> item = keyOwners.get(TokenKeyItem.KEY, now);
        if (item.isEmpty()) {
            return List.of();
        }
        List<TokenKeyItem.StoredTokenKey> keys = Records.read(item.get(), TokenKeyItem::read);
        List<TokenKeyItem.StoredTokenKey> next = moved(keys, now);
        EventRecorder recorder = new EventRecorder(event, now);
        if (!isRotating(next)
                && newest(next).filter(key -> rotationDueAt(key, now)).isPresent()) {
            next = withNew(next, RotationAction.Cause.DUE, recorder, now);
        }
        if (next.equals(keys)) {
            return List.of();
        }
        return store.write(new Transaction(writes(item.get(), next, recorder)), now)
                        instanceof RegistryStore.WriteResult.Committed
                ? recorder.facts()
                : List.of();
    }

    EventAnswer handle(IncomingEvent.TokenKeyRotationRequested event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
        return retry.until(() -> {
            Item item = stored(now);
            List<TokenKeyItem.StoredTokenKey> keys = moved(Records.read(item, TokenKeyItem::read), now);
            if (isRotating(keys)) {
                return retry.refuse(EventAnswer.Refusal.ROTATION_IN_PROGRESS);
            }
            EventRecorder recorder = new EventRecorder(event, now);
            List<TokenKeyItem.StoredTokenKey> next = withNew(keys, RotationAction.Cause.REQUESTED, recorder, now);
            return retry.remembered(new EventAnswer.Done(recorder.facts()), writes(item, next, recorder));
        });
    }

    /**
     * Replaces all keys by a new one that seals at once. Readers refuse the sessions that the others sealed, forged ones too, as soon as they have read the new key: within the cache's bound.
     * Until then a reader may also refuse a session under the new key.
     */
    EventAnswer handle(IncomingEvent.TokenKeyCompromised event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
        return retry.until(() -> {
            Item item = stored(now);
            EventRecorder recorder = new EventRecorder(event, now);
            List<TokenKeyItem.StoredTokenKey> next =
                    withNew(List.of(), RotationAction.Cause.COMPROMISED, recorder, now);
            return retry.remembered(new EventAnswer.Done(recorder.facts()), writes(item, next, recorder));
        });
    }

    private Item stored(Instant now) throws StoreUnavailable {
        return keyOwners
                .get(TokenKeyItem.KEY, now)
                .orElseThrow(() -> new StoreUnavailable(
                        "the registry has no token key; apply the manifest again, which makes one"));
    }

    /** Retires keys that a newer one has replaced, and drops keys that open no valid token. */
    private List<TokenKeyItem.StoredTokenKey> moved(List<TokenKeyItem.StoredTokenKey> keys, Instant now) {
        Optional<TokenKeyItem.StoredTokenKey> sealing = keys.stream()
                .filter(key ->
                        key.status() == KeyStatus.ACTIVE && !key.sealsFrom().isAfter(now))
                .max(BY_AGE);
        List<TokenKeyItem.StoredTokenKey> next = new ArrayList<>();
        for (TokenKeyItem.StoredTokenKey key : keys) {
            boolean older = sealing.isPresent() && BY_AGE.compare(key, sealing.get()) < 0;
            if (key.status() == KeyStatus.ACTIVE && older) {
                next.add(retired(key, now));
            } else if (key.opensUntil().filter(until -> !until.isAfter(now)).isEmpty()) {
                next.add(key);
            }
        }
        return List.copyOf(next);
    }

    /** Retires a key; a reader may seal with it until it knows the newer one. */
    private TokenKeyItem.StoredTokenKey retired(TokenKeyItem.StoredTokenKey key, Instant now) {
        Instant until = now.plus(settings.cacheBound()).plus(Role.MAX_SESSION);
        return new TokenKeyItem.StoredTokenKey(
                key.id(), KeyStatus.RETIRING, key.sealed(), key.createdAt(), key.sealsFrom(), Optional.of(until));
    }

    private List<TokenKeyItem.StoredTokenKey> withNew(
            List<TokenKeyItem.StoredTokenKey> keys, RotationAction.Cause cause, EventRecorder recorder, Instant now)
            throws StoreUnavailable {
        TokenKeyItem.StoredTokenKey made = made(now);
        Instant from = keys.isEmpty() ? now : now.plus(settings.cacheBound());
        TokenKeyItem.StoredTokenKey waiting = new TokenKeyItem.StoredTokenKey(
                made.id(), made.status(), made.sealed(), made.createdAt(), from, made.opensUntil());
        recorder.recordFact(
                Fact.Type.TOKEN_KEY_ROTATED,
                waiting.id(),
                waiting.id(),
                cause == RotationAction.Cause.COMPROMISED
                        ? "the token keys may be known to others; the sessions that they sealed are refused"
                        : "a new token key was made",
                detail -> detail.put("tokenKeyId", waiting.id())
                        .put("sealsFrom", from.toString())
                        .put("cause", cause.text()));
        List<TokenKeyItem.StoredTokenKey> next = new ArrayList<>(keys);
        next.add(waiting);
        return List.copyOf(next);
    }

    private TokenKeyItem.StoredTokenKey made(Instant now) throws StoreUnavailable {
        try {
            return TokenKeyRing.TokenKeys.make(sealer, now, random);
        } catch (SealingException e) {
            throw new StoreUnavailable("a new token key could not be sealed: " + e.getMessage(), e);
        }
    }

    private boolean rotationDueAt(TokenKeyItem.StoredTokenKey key, Instant now) {
        return !key.createdAt().plus(settings.tokenKeyEvery()).isAfter(now);
    }

    private static boolean isRotating(List<TokenKeyItem.StoredTokenKey> keys) {
        return keys.size() > 1;
    }

    private static Optional<TokenKeyItem.StoredTokenKey> newest(List<TokenKeyItem.StoredTokenKey> keys) {
        return keys.stream().max(BY_AGE);
    }

    private static List<Write> writes(Item item, List<TokenKeyItem.StoredTokenKey> keys, EventRecorder recorder) {
        List<Write> writes = new ArrayList<>(recorder.writes());
        writes.add(Write.put(item.key(), TokenKeyItem.text(keys), Condition.versionEquals(item.version())));
        return writes;
    }
}

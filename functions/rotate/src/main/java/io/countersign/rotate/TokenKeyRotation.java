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
 * The keys that seal sessions rotate as access keys do: a new one waits until every reader knows it, then the older one seals no more, opens until the last
 * session that it sealed has ended, and goes.
 */
record TokenKeyRotation(
        RegistryStore store, Holders holders, Sealer sealer, RotateSettings settings, SecureRandom random) {
    private static final Comparator<TokenKeyItem.StoredTokenKey> BY_AGE =
            Comparator.comparing(TokenKeyItem.StoredTokenKey::createdAt).thenComparing(TokenKeyItem.StoredTokenKey::id);

    /** Does what is due. Somebody who is faster has done the same. */
    List<Fact> lookAt(IncomingEvent event, Instant now) throws StoreUnavailable {
        Optional<Item> item = holders.get(TokenKeyItem.KEY, now);
        if (item.isEmpty()) {
            return List.of();
        }
        List<TokenKeyItem.StoredTokenKey> keys = Records.read(item.get(), TokenKeyItem::read);
        List<TokenKeyItem.StoredTokenKey> next = moved(keys, now);
        EventRecorder ledger = new EventRecorder(event, now);
        if (!isRotating(next)
                && newest(next).filter(key -> rotationDueAt(key, now)).isPresent()) {
            next = withNew(next, RotationAction.Cause.DUE, ledger, now);
        }
        if (next.equals(keys)) {
            return List.of();
        }
        return store.write(new Transaction(writes(item.get(), next, ledger)), now)
                        instanceof RegistryStore.WriteResult.Committed
                ? ledger.facts()
                : List.of();
    }

    EventAnswer handle(IncomingEvent.TokenKeyRotationRequested event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry attempts = new IdempotencyStore.OptimisticRetry(store, event, now);
        return attempts.until(() -> {
            Optional<Item> item = holders.get(TokenKeyItem.KEY, now);
            if (item.isEmpty()) {
                throw new StoreUnavailable("the registry has no token key; apply the manifest again, which makes one");
            }
            List<TokenKeyItem.StoredTokenKey> keys = moved(Records.read(item.get(), TokenKeyItem::read), now);
            if (isRotating(keys)) {
                return attempts.refuse(EventAnswer.Refusal.ROTATION_IN_PROGRESS);
            }
            EventRecorder ledger = new EventRecorder(event, now);
            List<TokenKeyItem.StoredTokenKey> next = withNew(keys, RotationAction.Cause.REQUESTED, ledger, now);
            return attempts.remembered(new EventAnswer.Done(ledger.facts()), writes(item.get(), next, ledger));
        });
    }

    /** The keys as time has moved them on: those that a newer one has taken over from retire, and those that open nothing any more go. */
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

    /** Some reader may seal with it for as long as it does not know the newer one. */
    private TokenKeyItem.StoredTokenKey retired(TokenKeyItem.StoredTokenKey key, Instant now) {
        Instant until = now.plus(settings.cacheBound()).plus(Role.MAX_SESSION);
        return new TokenKeyItem.StoredTokenKey(
                key.id(), KeyStatus.RETIRING, key.sealed(), key.createdAt(), key.sealsFrom(), Optional.of(until));
    }

    private List<TokenKeyItem.StoredTokenKey> withNew(
            List<TokenKeyItem.StoredTokenKey> keys, RotationAction.Cause cause, EventRecorder ledger, Instant now)
            throws StoreUnavailable {
        TokenKeyItem.StoredTokenKey made = made(now);
        Instant from = keys.isEmpty() ? now : now.plus(settings.cacheBound());
        TokenKeyItem.StoredTokenKey waiting = new TokenKeyItem.StoredTokenKey(
                made.id(), made.status(), made.sealed(), made.createdAt(), from, made.opensUntil());
        ledger.tell(
                Fact.FactType.TOKEN_KEY_ROTATED,
                waiting.id(),
                waiting.id(),
                "a new token key was made",
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

    private static List<Write> writes(Item item, List<TokenKeyItem.StoredTokenKey> keys, EventRecorder ledger) {
        List<Write> writes = new ArrayList<>(ledger.writes());
        writes.add(Write.put(item.key(), TokenKeyItem.text(keys), Condition.versionEquals(item.version())));
        return writes;
    }
}

package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.Role;
import io.countersign.registry.StoredTokenKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.TokenKeys;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
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
    private static final Comparator<StoredTokenKey> BY_AGE =
            Comparator.comparing(StoredTokenKey::createdAt).thenComparing(StoredTokenKey::id);

    /** Does what is due. Somebody who is faster has done the same. */
    List<Fact> lookAt(IncomingEvent event, Instant now) throws StoreUnavailable {
        Optional<Item> item = holders.get(TokenKeyItem.KEY, now);
        if (item.isEmpty()) {
            return List.of();
        }
        List<StoredTokenKey> keys = Records.read(item.get(), TokenKeyItem::read);
        List<StoredTokenKey> next = moved(keys, now);
        Ledger ledger = new Ledger(event, now);
        if (!isRotating(next)
                && newest(next).filter(key -> comesOfAge(key, now)).isPresent()) {
            next = withNew(next, Cause.DUE, ledger, now);
        }
        if (next.equals(keys)) {
            return List.of();
        }
        return store.write(new Transaction(writes(item.get(), next, ledger)), now) instanceof WriteResult.Committed
                ? ledger.facts()
                : List.of();
    }

    EventAnswer handle(IncomingEvent.TokenKeyRotationRequested event, Instant now) throws StoreUnavailable {
        Attempts attempts = new Attempts(store, event, now);
        return attempts.until(() -> {
            Optional<Item> item = holders.get(TokenKeyItem.KEY, now);
            if (item.isEmpty()) {
                throw new StoreUnavailable("the registry has no token key; apply the manifest again, which makes one");
            }
            List<StoredTokenKey> keys = moved(Records.read(item.get(), TokenKeyItem::read), now);
            if (isRotating(keys)) {
                return attempts.refuse(Refusal.ROTATION_IN_PROGRESS);
            }
            Ledger ledger = new Ledger(event, now);
            List<StoredTokenKey> next = withNew(keys, Cause.REQUESTED, ledger, now);
            return attempts.remembered(new EventAnswer.Done(ledger.facts()), writes(item.get(), next, ledger));
        });
    }

    /** The keys as time has moved them on: those that a newer one has taken over from retire, and those that open nothing any more go. */
    private List<StoredTokenKey> moved(List<StoredTokenKey> keys, Instant now) {
        Optional<StoredTokenKey> sealing = keys.stream()
                .filter(key ->
                        key.status() == KeyStatus.ACTIVE && !key.sealsFrom().isAfter(now))
                .max(BY_AGE);
        List<StoredTokenKey> next = new ArrayList<>();
        for (StoredTokenKey key : keys) {
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
    private StoredTokenKey retired(StoredTokenKey key, Instant now) {
        Instant until = now.plus(settings.cacheBound()).plus(Role.MAX_SESSION);
        return new StoredTokenKey(
                key.id(), KeyStatus.RETIRING, key.sealed(), key.createdAt(), key.sealsFrom(), Optional.of(until));
    }

    private List<StoredTokenKey> withNew(List<StoredTokenKey> keys, Cause cause, Ledger ledger, Instant now)
            throws StoreUnavailable {
        StoredTokenKey made = made(now);
        Instant from = keys.isEmpty() ? now : now.plus(settings.cacheBound());
        StoredTokenKey waiting =
                new StoredTokenKey(made.id(), made.status(), made.sealed(), made.createdAt(), from, made.opensUntil());
        ledger.tell(
                FactType.TOKEN_KEY_ROTATED,
                waiting.id(),
                waiting.id(),
                "a new token key was made",
                detail -> detail.put("tokenKeyId", waiting.id())
                        .put("sealsFrom", from.toString())
                        .put("cause", cause.text()));
        List<StoredTokenKey> next = new ArrayList<>(keys);
        next.add(waiting);
        return List.copyOf(next);
    }

    private StoredTokenKey made(Instant now) throws StoreUnavailable {
        try {
            return TokenKeys.make(sealer, now, random);
        } catch (SealingException e) {
            throw new StoreUnavailable("a new token key could not be sealed: " + e.getMessage(), e);
        }
    }

    private boolean comesOfAge(StoredTokenKey key, Instant now) {
        return !key.createdAt().plus(settings.tokenKeyEvery()).isAfter(now);
    }

    private static boolean isRotating(List<StoredTokenKey> keys) {
        return keys.size() > 1;
    }

    private static Optional<StoredTokenKey> newest(List<StoredTokenKey> keys) {
        return keys.stream().max(BY_AGE);
    }

    private static List<Write> writes(Item item, List<StoredTokenKey> keys, Ledger ledger) {
        List<Write> writes = new ArrayList<>(ledger.writes());
        writes.add(Write.put(item.key(), TokenKeyItem.text(keys), Condition.versionEquals(item.version())));
        return writes;
    }
}

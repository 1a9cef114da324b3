package io.countersign.registry;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Revokes the sessions that were issued up to a moment, and a subject's tokens. The recorded moment of each {@link
 * RevocationItem.Revocable} only moves forward: of concurrent revocations the later moment is kept. Readers see it after the time that their {@link
 * CacheSettings.Bounds} allow.
 */
public final class Revocations {
    /** Concurrent writes of one record are rare. More conflicts than this indicate a fault. */
    private static final int ATTEMPTS = 5;

    private final RegistryStore store;

    public Revocations(RegistryStore store) {
        this.store = store;
    }

    /**
     * Refuses all sessions issued at or before a moment.
     *
     * @param before not after {@code now}
     * @return the recorded moment: this one in whole milliseconds, or a later one that was already recorded
     * @throws IllegalArgumentException when {@code before} is after {@code now}
     */
    public Instant revoke(RevocationItem.Revocable about, Instant before, Instant now) throws StoreUnavailable {
        return revoke(about, before, now, List.of());
    }

    /**
     * As {@link #revoke(RevocationItem.Revocable, Instant, Instant)}, with further writes in the same transaction.
     *
     * @param further writes about other items; not made when a later moment was already recorded, because nothing changes
     *     then
     */
    public Instant revoke(RevocationItem.Revocable about, Instant before, Instant now, List<Write> further)
            throws StoreUnavailable {
        if (before.isAfter(now)) {
            throw new IllegalArgumentException("sessions that are yet to be issued cannot be revoked");
        }
        Instant moment = before.truncatedTo(ChronoUnit.MILLIS);
        ItemKey key = RevocationItem.key(about);
        return ConflictRetry.until(ATTEMPTS, "others keep writing this revocation; try again", () -> {
            Optional<Item> item = Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                    .get(key));
            List<Write> moving = Writes.of(about, moment, item);
            if (moving.isEmpty() && item.isPresent()) {
                return Optional.of(Records.read(item.get(), RevocationItem::read));
            }
            List<Write> writes = new ArrayList<>(further);
            writes.addAll(moving);
            return store.write(new Transaction(writes), now) instanceof RegistryStore.WriteResult.Committed
                    ? Optional.of(moment)
                    : Optional.empty();
        });
    }

    /** Makes the writes of a revocation, for the transaction of a caller. */
    public static final class Writes {
        private Writes() {}

        /**
         * Returns writes that move a revocation forward, under the condition that it is unchanged; none when that moment or
         * a later one is recorded already.
         *
         * @param moment in whole milliseconds
         * @param stored the item at {@link RevocationItem#key}
         */
        public static List<Write> of(RevocationItem.Revocable about, Instant moment, Optional<Item> stored)
                throws StoreUnavailable {
            if (stored.isPresent()
                    && !Records.read(stored.get(), RevocationItem::read).isBefore(moment)) {
                return List.of();
            }
            Condition asItWas = stored.<Condition>map(found -> Condition.versionEquals(found.version()))
                    .orElse(Condition.absentOrExpired());
            List<Write> writes = new ArrayList<>(List.of(RevocationItem.put(about, moment, asItWas)));
            ListedRevocation.write(about, moment).ifPresent(writes::add);
            return List.copyOf(writes);
        }
    }
}

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
 * Revokes sessions that were issued up to a moment. The moment of one role, provider or key only ever moves forward: whoever revokes at the same time, the
 * later moment stands. Readers see it once {@link CacheSettings.CacheBounds} lets them forget.
 */
public final class Revocations {
    /** Others that write the same record at the same time are rare; more of them than this mean that something is wrong. */
    private static final int ATTEMPTS = 5;

    private final RegistryStore store;

    public Revocations(RegistryStore store) {
        this.store = store;
    }

    /**
     * Refuses all sessions issued at this moment or before it.
     *
     * @param before not after {@code now}: sessions that are yet to be issued cannot be revoked
     * @return the moment that stands: this one to the millisecond, or a later one that stood already
     * @throws IllegalArgumentException when the moment is to come
     */
    public Instant revoke(RevocationItem.Revocable about, Instant before, Instant now) throws StoreUnavailable {
        return revoke(about, before, now, List.of());
    }

    /**
     * The same, told.
     *
     * @param told what is written in the same transaction, about other items; not when a later moment stood already, for then nothing changed
     */
    public Instant revoke(RevocationItem.Revocable about, Instant before, Instant now, List<Write> told)
            throws StoreUnavailable {
        if (before.isAfter(now)) {
            throw new IllegalArgumentException("sessions that are yet to be issued cannot be revoked");
        }
        Instant moment = before.truncatedTo(ChronoUnit.MILLIS);
        ItemKey key = RevocationItem.key(about);
        return ConflictRetry.until(ATTEMPTS, "others keep writing this revocation; try again", () -> {
            Optional<Item> item = Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                    .get(key));
            if (item.isPresent()) {
                Instant stands = Records.read(item.get(), RevocationItem::read);
                if (!stands.isBefore(moment)) {
                    return Optional.of(stands);
                }
            }
            Condition asItWas = item.<Condition>map(found -> Condition.versionEquals(found.version()))
                    .orElse(Condition.absentOrExpired());
            Write write = RevocationItem.put(about, moment, asItWas);
            List<Write> writes = new ArrayList<>(told);
            writes.add(write);
            return store.write(new Transaction(writes), now) instanceof RegistryStore.WriteResult.Committed
                    ? Optional.of(moment)
                    : Optional.empty();
        });
    }
}

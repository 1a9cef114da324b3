package io.countersign.rotate;

import io.countersign.registry.Owner;
import io.countersign.registry.Records;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores the intents to create a key at another service. A process that writes an intent takes over the one that was there: the item's version changes, so the
 * transaction by which the earlier process would store its key conflicts.
 */
record Intents(RegistryStore store, KeyOwners keyOwners) {
    /** The time after which no call that an intent was written for can still take effect. */
    static final Duration LASTS = Duration.ofMinutes(10);

    /** @param version the item's version, which distinguishes this intent from others under its key */
    record StoredIntent(IntentItem.Intent intent, long version) {
        /** Deletes the intent; conflicts when another process has taken it over. */
        Write end(Owner owner) {
            return Write.delete(IntentItem.key(owner), Condition.versionEquals(version));
        }

        /** Keeps the intent, to be deleted when it is over; conflicts when another process has taken it over. */
        Write keep(Owner owner) {
            return Write.put(IntentItem.key(owner), IntentItem.text(intent), Condition.versionEquals(version));
        }
    }

    Optional<StoredIntent> of(Owner owner, Instant now) throws StoreUnavailable {
        Optional<Item> item = keyOwners.get(IntentItem.key(owner), now);
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoredIntent(
                        Records.read(item.get(), IntentItem::read), item.get().version()));
    }

    /**
     * Writes the intent in place of the one that was read, and an entry in the index of due keys, by which it is ended if this process does not end it.
     *
     * @throws AuthorityFailure when another process has written an intent meanwhile
     */
    StoredIntent take(Owner owner, Optional<StoredIntent> read, IntentItem.Intent intent, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        ItemKey key = IntentItem.key(owner);
        Condition asItWas = read.<Condition>map(was -> Condition.versionEquals(was.version()))
                .orElse(Condition.absent());
        Transaction transaction = Transaction.of(
                Write.put(key, IntentItem.text(intent), asItWas),
                Write.put(DueItem.key(owner, now.plus(LASTS)), DueItem.text(owner), Condition.anything()));
        boolean written = store.write(transaction, now) instanceof RegistryStore.WriteResult.Committed;
        Optional<StoredIntent> standing = of(owner, now);
        if (!written || standing.isEmpty() || !standing.get().intent().equals(intent)) {
            throw busy();
        }
        return standing.get();
    }

    void end(Owner owner, StoredIntent standing, Instant now) throws AuthorityFailure, StoreUnavailable {
        if (!(store.write(Transaction.of(standing.end(owner)), now) instanceof RegistryStore.WriteResult.Committed)) {
            throw busy();
        }
    }

    private static AuthorityFailure busy() {
        return AuthorityFailure.passing(
                "RotationInProgress", "another process is changing the user's keys; rotation retries");
    }
}

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
 * The intents to make a key elsewhere. Whoever writes one takes over the one that stood there: the version changes, so that a key which its former owner is still
 * about to store is refused, whoever comes first.
 */
record Intents(RegistryStore store, Holders holders) {
    /** After that long nothing that an intent was written for is still on its way. */
    static final Duration LASTS = Duration.ofMinutes(10);

    /** @param version of the item, which tells this intent from any other at its place */
    record Standing(IntentItem.Intent intent, long version) {
        /** Takes the intent away, unless another has taken it over. */
        Write end(Owner owner) {
            return Write.delete(IntentItem.key(owner), Condition.versionEquals(version));
        }

        /** Leaves the intent, unless another has taken it over, to be ended when it is over. */
        Write stay(Owner owner) {
            return Write.put(IntentItem.key(owner), IntentItem.text(intent), Condition.versionEquals(version));
        }
    }

    Optional<Standing> of(Owner owner, Instant now) throws StoreUnavailable {
        Optional<Item> item = holders.get(IntentItem.key(owner), now);
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new Standing(
                        Records.read(item.get(), IntentItem::read), item.get().version()));
    }

    /**
     * Writes the intent in place of the one that was read, and an entry in the index of due keys for the case that nobody comes to end it.
     *
     * @throws AuthorityFailure when somebody else was faster
     */
    Standing take(Owner owner, Optional<Standing> read, IntentItem.Intent intent, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        ItemKey key = IntentItem.key(owner);
        Condition asItWas = read.<Condition>map(was -> Condition.versionEquals(was.version()))
                .orElse(Condition.absent());
        Transaction transaction = Transaction.of(
                Write.put(key, IntentItem.text(intent), asItWas),
                Write.put(DueItem.key(owner, now.plus(LASTS)), DueItem.text(owner), Condition.anything()));
        boolean written = store.write(transaction, now) instanceof RegistryStore.WriteResult.Committed;
        Optional<Standing> standing = of(owner, now);
        if (!written || standing.isEmpty() || !standing.get().intent().equals(intent)) {
            throw busy();
        }
        return standing.get();
    }

    void end(Owner owner, Standing standing, Instant now) throws AuthorityFailure, StoreUnavailable {
        if (!(store.write(Transaction.of(standing.end(owner)), now) instanceof RegistryStore.WriteResult.Committed)) {
            throw busy();
        }
    }

    private static AuthorityFailure busy() {
        return AuthorityFailure.passing(
                "RotationInProgress", "another process is at the user's keys; they are looked at again by themselves");
    }
}

package io.countersign.registry.copy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.Set;

/**
 * The record of a store that a copy is filling. What such a store holds looks like a registry, and a revocation or a
 * policy may not be in it yet. The mark is written before the first record and removed once both stores were compared.
 */
public final class CopyMark {
    /** What is wrong with such a store, and what to do: a sentence without its full stop. */
    public static final String UNFINISHED =
            "The store has a part of a registry, because registry copy to it has not ended; wait for its end, or, if it"
                    + " was interrupted, delete the store and copy again";

    static final ItemKey KEY = new ItemKey("copy", "unfinished");

    private CopyMark() {}

    /**
     * Whether a copy to the store has not ended: it is running, was interrupted, or found a difference.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    public static boolean isIn(RegistryStore store, Instant now) throws StoreUnavailable {
        return store.get(Set.of(KEY), RegistryStore.Consistency.STRONG, now).containsKey(KEY);
    }

    static Transaction set() {
        return Transaction.of(Write.put(KEY, "{}", Condition.absent()));
    }

    static Transaction remove() {
        return Transaction.of(Write.delete(KEY, Condition.anything()));
    }
}

package io.countersign.registry.copy;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that answers nothing and takes nothing while a copy to it has not ended ({@link CopyMark}). A program that
 * looks at the mark once at its start does not need this; the processes of a function have no start at which the store is
 * read.
 *
 * <p>The mark is read with the records of a batch. It is looked for until two reads in succession found records of the store and no
 * mark: a copy begins with an empty store and its mark, so that none can begin from then on, and none was running
 * when the second read began. The end of a copy is seen by the next call.
 */
public final class WholeStore implements RegistryStore {
    private final RegistryStore store;
    private volatile boolean filled;
    private volatile boolean whole;

    public WholeStore(RegistryStore store) {
        this.store = store;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.isEmpty()) {
            return Map.of();
        }
        if (whole) {
            return store.get(keys, consistency, now);
        }
        if (keys.size() >= MAX_KEYS) {
            requireWhole(now);
            return found(store.get(keys, consistency, now));
        }
        Set<ItemKey> all = new HashSet<>(keys);
        all.add(CopyMark.KEY);
        boolean before = filled;
        Map<ItemKey, Item> items = new HashMap<>(store.get(all, RegistryStore.Consistency.STRONG, now));
        refuse(items.remove(CopyMark.KEY) != null);
        whole |= before;
        return found(Map.copyOf(items));
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        requireWhole(now);
        return store.write(transaction, now);
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        requireWhole(now);
        RegistryStore.Page page = store.query(partition, after, limit, consistency, now);
        filled |= !page.items().isEmpty();
        return page;
    }

    @Override
    public void requireSame() throws StoreUnavailable {
        store.requireSame();
    }

    @Override
    public void close() {
        store.close();
    }

    private Map<ItemKey, Item> found(Map<ItemKey, Item> items) {
        filled |= !items.isEmpty();
        return items;
    }

    private void requireWhole(Instant now) throws StoreUnavailable {
        if (!whole) {
            boolean before = filled;
            refuse(CopyMark.isIn(store, now));
            whole |= before;
        }
    }

    private static void refuse(boolean marked) throws StoreUnavailable {
        if (marked) {
            throw new StoreUnavailable("CopyUnfinished: " + CopyMark.UNFINISHED);
        }
    }
}

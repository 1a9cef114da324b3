package io.countersign.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that refuses every write of this process. */
public record ReadOnlyStore(RegistryStore store) implements RegistryStore {
    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return store.get(keys, consistency, now);
    }

    /** @throws StoreUnavailable.ReadOnlyRegistry always */
    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now)
            throws StoreUnavailable.ReadOnlyRegistry {
        throw new StoreUnavailable.ReadOnlyRegistry();
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return store.query(partition, after, limit, consistency, now);
    }

    @Override
    public void requireSame() throws StoreUnavailable {
        store.requireSame();
    }

    @Override
    public void close() {
        store.close();
    }
}

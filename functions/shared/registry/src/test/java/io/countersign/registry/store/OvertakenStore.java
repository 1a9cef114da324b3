package io.countersign.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store of one client that others overtake: they come in between, just before a write.
 *
 * @param between what the others do
 */
public record OvertakenStore(RegistryStore store, Runnable between) implements RegistryStore {
    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return store.get(keys, consistency, now);
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        between.run();
        return store.write(transaction, now);
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

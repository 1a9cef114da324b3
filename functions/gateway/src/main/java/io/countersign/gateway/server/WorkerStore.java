package io.countersign.gateway.server;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that only workers reach. A call of it on an event loop ends the attempt to answer there, before the store does anything
 * ({@link LoopAttempts}), so that no event loop waits for a store.
 */
public final class WorkerStore implements RegistryStore {
    private final RegistryStore store;

    public WorkerStore(RegistryStore store) {
        this.store = store;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable {
        LoopAttempts.requireWorker();
        return store.get(keys, consistency, now);
    }

    @Override
    public WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        LoopAttempts.requireWorker();
        return store.write(transaction, now);
    }

    @Override
    public Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now)
            throws StoreUnavailable {
        LoopAttempts.requireWorker();
        return store.query(partition, after, limit, consistency, now);
    }

    @Override
    public void requireSame() throws StoreUnavailable {
        LoopAttempts.requireWorker();
        store.requireSame();
    }

    @Override
    public void close() {
        store.close();
    }
}

package io.countersign.lambda;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that is made when it is first called, and whose calls are timed.
 *
 * @param times is told of every call, also of one that failed
 */
record MeasuredStore(Lazy<RegistryStore, StoreUnavailable> store, StoreTimes times) implements RegistryStore {
    private interface Work<T> {
        T on(RegistryStore store) throws StoreUnavailable;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable {
        return timed(inner -> inner.get(keys, consistency, now));
    }

    @Override
    public WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        return timed(inner -> inner.write(transaction, now));
    }

    @Override
    public Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now)
            throws StoreUnavailable {
        return timed(inner -> inner.query(partition, after, limit, consistency, now));
    }

    /** Its connections end with the process. */
    @Override
    public void close() {}

    private <T> T timed(Work<T> work) throws StoreUnavailable {
        RegistryStore inner = store.get();
        long start = System.nanoTime();
        try {
            return work.on(inner);
        } finally {
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
    }
}

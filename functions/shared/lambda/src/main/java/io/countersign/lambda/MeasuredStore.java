package io.countersign.lambda;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that is made on first use and whose calls are timed.
 *
 * @param times records every call, also one that fails
 */
record MeasuredStore(Lazy<RegistryStore, StoreUnavailable> store, StoreTimes times) implements RegistryStore {
    private interface Work<T> {
        T on(RegistryStore store) throws StoreUnavailable;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return timed(inner -> inner.get(keys, consistency, now));
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        return timed(inner -> inner.write(transaction, now));
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return timed(inner -> inner.query(partition, after, limit, consistency, now));
    }

    /** Does nothing: the connections end with the process. */
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

    /** Collects the durations of calls of the store. */
    static final class StoreTimes {
        private List<Duration> times = new ArrayList<>();

        synchronized void add(Duration time) {
            times.add(time);
        }

        /** Returns the durations since the last call of this method. */
        synchronized List<Duration> take() {
            List<Duration> taken = List.copyOf(times);
            times = new ArrayList<>();
            return taken;
        }
    }
}

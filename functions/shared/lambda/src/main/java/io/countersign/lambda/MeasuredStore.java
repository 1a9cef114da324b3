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
 * A store that is made when it is first called, and whose calls are timed.
 *
 * @param times is told of every call, also of one that failed
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

    /** How long each call of the store took since this was last asked. */
    static final class StoreTimes {
        private List<Duration> times = new ArrayList<>();

        synchronized void add(Duration time) {
            times.add(time);
        }

        synchronized List<Duration> take() {
            List<Duration> taken = List.copyOf(times);
            times = new ArrayList<>();
            return taken;
        }
    }
}

package io.countersign.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A store whose calls are timed.
 *
 * @param source returns the store; the time that it needs does not count
 * @param times receives the nanoseconds of every call, also of one that fails; called on the thread of the call
 */
public record TimedStore(Source source, LongConsumer times) implements RegistryStore {
    /** Returns the store, which it may open for the first call. */
    @FunctionalInterface
    public interface Source {
        RegistryStore get() throws StoreUnavailable;
    }

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

    @Override
    public void requireSame() throws StoreUnavailable {
        source.get().requireSame();
    }

    /** Does nothing: the store belongs to the program that opened it. */
    @Override
    public void close() {}

    private <T> T timed(Work<T> work) throws StoreUnavailable {
        RegistryStore inner = source.get();
        long start = System.nanoTime();
        try {
            return work.on(inner);
        } finally {
            times.accept(System.nanoTime() - start);
        }
    }
}

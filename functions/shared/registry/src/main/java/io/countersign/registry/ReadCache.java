package io.countersign.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Caches records in parsed form, and absences. An entry carries the moment at which its read began and expires by the
 * caller's {@code now}. Missing records are read in as few batches as their number allows, with strong consistency: an
 * entry is never older than its bound, and a new record is found as soon as its cached absence has expired.
 */
final class ReadCache {
    private final RegistryStore store;
    private final CacheSettings.Bounds bounds;
    private final Cache<ItemKey, Entry> entries;
    private final ReadAheadPlanner.Buffer readAhead = new ReadAheadPlanner.Buffer();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    ReadCache(RegistryStore store, CacheSettings.Bounds bounds) {
        this.store = store;
        this.bounds = bounds;
        // Evict in the caller's thread: a function that is frozen between requests has no other.
        this.entries = Caffeine.newBuilder()
                .maximumSize(bounds.entries())
                .executor(Runnable::run)
                .build();
    }

    /** Returns the lookups to read ahead. It is evaluated only when the store has to be read. */
    @FunctionalInterface
    interface Ahead {
        Ahead NOTHING = List::of;

        List<Lookups.Lookup<?>> lookups();
    }

    Found load(List<Lookups.Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        return load(lookups, Ahead.NOTHING, now);
    }

    /**
     * As {@link #load(List, Instant)}. A batch that is read anyway also reads the lookups ahead that are not
     * cached, up to the room in the batch.
     */
    Found load(List<Lookups.Lookup<?>> lookups, Ahead ahead, Instant now) throws StoreUnavailable {
        List<Entry> found = new ArrayList<>(lookups.size());
        // Usually none is missing.
        Map<ItemKey, Lookups.Lookup<?>> missing = Map.of();
        for (Lookups.Lookup<?> lookup : lookups) {
            Entry entry = fresh(lookup, now);
            found.add(entry);
            if (entry == Entry.NONE) {
                if (missing.isEmpty()) {
                    missing = new HashMap<>();
                }
                missing.put(lookup.key(), lookup);
            }
        }
        if (!missing.isEmpty()) {
            Map<ItemKey, Entry> read = read(missing, ahead, now);
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) == Entry.NONE) {
                    found.set(i, read.getOrDefault(lookups.get(i).key(), Entry.NONE));
                }
            }
        }
        // After the store has answered: an attempt on an event loop that needs it is given up and repeated on a worker.
        hits.add(lookups.size() - missing.size());
        misses.add(missing.size());
        return new Found(lookups, found);
    }

    private Map<ItemKey, Entry> read(Map<ItemKey, Lookups.Lookup<?>> missing, Ahead ahead, Instant now)
            throws StoreUnavailable {
        Map<ItemKey, Entry> read = HashMap.newHashMap(missing.size());
        Map<ItemKey, Lookups.Lookup<?>> further = further(ahead, missing, now);
        for (Set<ItemKey> batch : batches(missing.keySet(), further.keySet())) {
            Map<ItemKey, Item> items = store.get(batch, RegistryStore.Consistency.STRONG, now);
            for (ItemKey key : batch) {
                Lookups.Lookup<?> lookup = missing.get(key);
                if (lookup != null) {
                    read.put(key, read(lookup, items, now));
                    readAhead.remove(key);
                }
            }
            for (Lookups.Lookup<?> lookup : further.values()) {
                if (batch.contains(lookup.key())) {
                    readIfPossible(lookup, items, now);
                }
            }
        }
        return read;
    }

    CacheUse use() {
        return new CacheUse(hits.sum(), misses.sum());
    }

    /** Returns a cached record without reading the store. */
    <T> Optional<T> remembered(Lookups.Lookup<T> lookup, Instant now) {
        return fresh(lookup, now).value().map(lookup.kind().type()::cast);
    }

    /** Returns a record as it was last read, even if the entry has expired: for read-ahead, never for an answer. */
    <T> Optional<T> last(Lookups.Lookup<T> lookup) {
        return entry(lookup.key()).value().map(lookup.kind().type()::cast);
    }

    /** As {@link #load}, but reads the store even when the records are cached. */
    Found loadAgain(List<Lookups.Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        for (Lookups.Lookup<?> lookup : lookups) {
            forget(lookup.key());
        }
        return load(lookups, now);
    }

    /** Removes the entry of a key. */
    void forget(ItemKey key) {
        entries.invalidate(key);
        readAhead.remove(key);
    }

    /**
     * Whether the entry of one key was read after the entries of the others. If not, they may have changed together in
     * between.
     */
    boolean isNewer(Lookups.Lookup<?> one, Collection<? extends Lookups.Lookup<?>> others) {
        Optional<Instant> read = readAt(one);
        return read.isPresent()
                && others.stream().flatMap(other -> readAt(other).stream()).allMatch(read.get()::isAfter);
    }

    private Optional<Instant> readAt(Lookups.Lookup<?> lookup) {
        Entry entry = entry(lookup.key());
        return entry == Entry.NONE ? Optional.empty() : Optional.of(entry.readAt());
    }

    <T> Optional<T> load(Lookups.Lookup<T> lookup, Ahead ahead, Instant now) throws StoreUnavailable {
        return load(List.of(lookup), ahead, now).get(lookup);
    }

    /**
     * Returns as many lookups as the last batch has room for, in their order. Without a cache, reading ahead is
     * useless.
     */
    private Map<ItemKey, Lookups.Lookup<?>> further(Ahead ahead, Map<ItemKey, Lookups.Lookup<?>> missing, Instant now) {
        List<Lookups.Lookup<?>> wanted = bounds.remember() ? ahead.lookups() : List.of();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<ItemKey, Lookups.Lookup<?>> further = new LinkedHashMap<>();
        int room = Math.ceilDiv(missing.size(), RegistryStore.MAX_KEYS) * RegistryStore.MAX_KEYS - missing.size();
        for (Lookups.Lookup<?> lookup : wanted) {
            if (further.size() < room && !missing.containsKey(lookup.key()) && fresh(lookup, now) == Entry.NONE) {
                further.put(lookup.key(), lookup);
            }
        }
        return further;
    }

    private Entry read(Lookups.Lookup<?> lookup, Map<ItemKey, Item> items, Instant now) throws StoreUnavailable {
        Item item = items.get(lookup.key());
        Optional<Object> value = item == null
                ? Optional.empty()
                : Optional.of(lookup.kind().reader().read(item));
        Entry entry = new Entry(now, value);
        remember(lookup.key(), entry);
        return entry;
    }

    /**
     * A damaged record that was only read ahead must not fail the lookups at hand. A lookup of the record itself
     * reports it.
     */
    private void readIfPossible(Lookups.Lookup<?> lookup, Map<ItemKey, Item> items, Instant now) {
        try {
            readAhead.put(lookup.key(), read(lookup, items, now));
        } catch (StoreUnavailable e) {
            // Not cached, so its own lookup reads it again.
        }
    }

    /** Two readers may finish in the other order than they began: the later read is kept. */
    private void remember(ItemKey key, Entry entry) {
        entries.asMap().merge(key, entry, (old, fresh) -> old.readAt().isAfter(fresh.readAt()) ? old : fresh);
    }

    /** {@link Entry#NONE} when the record has to be read. */
    private Entry fresh(Lookups.Lookup<?> lookup, Instant now) {
        Entry entry = entry(lookup.key());
        return entry != Entry.NONE && fresh(entry, now) ? entry : Entry.NONE;
    }

    private Entry entry(ItemKey key) {
        Entry entry = entries.getIfPresent(key);
        return entry == null ? readAhead.get(key).orElse(Entry.NONE) : entry;
    }

    /** The distance in time counts in both directions, so that a clock that was set back does not prolong an entry. */
    private boolean fresh(Entry entry, Instant now) {
        Duration bound = entry.value().isPresent() ? bounds.known() : bounds.unknown();
        return Duration.between(entry.readAt(), now).abs().compareTo(bound) < 0;
    }

    private static List<Set<ItemKey>> batches(Set<ItemKey> keys, Set<ItemKey> further) {
        if (keys.size() + further.size() <= RegistryStore.MAX_KEYS) {
            Set<ItemKey> only = new HashSet<>(keys);
            only.addAll(further);
            return List.of(only);
        }
        List<ItemKey> all = new ArrayList<>(keys.size() + further.size());
        all.addAll(keys);
        all.addAll(further);
        List<Set<ItemKey>> batches = new ArrayList<>(1);
        for (int from = 0; from < all.size(); from += RegistryStore.MAX_KEYS) {
            batches.add(new HashSet<>(all.subList(from, Math.min(from + RegistryStore.MAX_KEYS, all.size()))));
        }
        return batches;
    }

    record Entry(Instant readAt, Optional<Object> value) {
        /** Stands for an entry that the cache does not have. */
        private static final Entry NONE = new Entry(Instant.MIN, Optional.empty());
    }

    /**
     * The records that were looked up.
     *
     * @param entries in the order of the lookups
     */
    record Found(List<Lookups.Lookup<?>> lookups, List<Entry> entries) {
        /** Returns the record of one of a few lookups: it takes a time that grows with their number. */
        <T> Optional<T> get(Lookups.Lookup<T> lookup) {
            for (int i = 0; i < lookups.size(); i++) {
                if (lookups.get(i).key().equals(lookup.key())) {
                    return at(i, lookup);
                }
            }
            return Optional.empty();
        }

        /** @param index of the lookup */
        <T> Optional<T> at(int index, Lookups.Lookup<T> lookup) {
            Optional<Object> value = entries.get(index).value();
            return value.isPresent() ? Optional.of(lookup.kind().type().cast(value.get())) : Optional.empty();
        }
    }
}

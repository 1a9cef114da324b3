package io.countersign.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.registry.store.Consistency;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what stood at a key, compiled, and that nothing stood there. An entry carries the moment at which its read began, and is good by
 * the caller's {@code now} alone. What is missing is read in as few batches as its number allows, always consistently: so an entry is
 * never older than its bound says, and a key that was just made is found as soon as its absence has lapsed.
 */
final class ReadCache {
    private final RegistryStore store;
    private final CacheBounds bounds;
    private final Cache<ItemKey, Entry> entries;

    ReadCache(RegistryStore store, CacheBounds bounds) {
        this.store = store;
        this.bounds = bounds;
        // Evicting in the caller's thread: a function that is frozen between requests has no other.
        this.entries = Caffeine.newBuilder()
                .maximumSize(bounds.entries())
                .executor(Runnable::run)
                .build();
    }

    Found load(Collection<Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        Map<ItemKey, Optional<Object>> found = new HashMap<>();
        Map<ItemKey, Lookup<?>> missing = new HashMap<>();
        for (Lookup<?> lookup : lookups) {
            Entry entry = entries.getIfPresent(lookup.key());
            if (entry != null && fresh(entry, now)) {
                found.put(lookup.key(), entry.value());
            } else {
                missing.put(lookup.key(), lookup);
            }
        }
        for (Set<ItemKey> batch : batches(missing.keySet())) {
            Map<ItemKey, Item> items = store.get(batch, Consistency.STRONG, now);
            for (ItemKey key : batch) {
                Optional<Object> value = read(missing, items, key);
                found.put(key, value);
                remember(key, new Entry(now, value));
            }
        }
        return new Found(found);
    }

    /** As {@link #load}, from the store even if something is remembered. */
    Found loadAgain(Collection<Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        entries.invalidateAll(lookups.stream().map(Lookup::key).toList());
        return load(lookups, now);
    }

    /** Whether what is remembered of one key was read after all that is remembered of the others; otherwise they may have changed together in between. */
    boolean isNewer(Lookup<?> one, Collection<? extends Lookup<?>> others) {
        Optional<Instant> read = readAt(one);
        return read.isPresent()
                && others.stream().flatMap(other -> readAt(other).stream()).allMatch(read.get()::isAfter);
    }

    private Optional<Instant> readAt(Lookup<?> lookup) {
        return Optional.ofNullable(entries.getIfPresent(lookup.key())).map(Entry::readAt);
    }

    <T> Optional<T> load(Lookup<T> lookup, Instant now) throws StoreUnavailable {
        return load(List.of(lookup), now).get(lookup);
    }

    private static Optional<Object> read(Map<ItemKey, Lookup<?>> lookups, Map<ItemKey, Item> items, ItemKey key)
            throws StoreUnavailable {
        Item item = items.get(key);
        Lookup<?> lookup = lookups.get(key);
        return item == null || lookup == null
                ? Optional.empty()
                : Optional.of(lookup.reader().read(item));
    }

    /** Two readers may finish in the other order than they began: the later view stays. */
    private void remember(ItemKey key, Entry entry) {
        entries.asMap().merge(key, entry, (old, fresh) -> old.readAt().isAfter(fresh.readAt()) ? old : fresh);
    }

    /** A clock that was set back must not make an entry good for longer: distance in either direction counts. */
    private boolean fresh(Entry entry, Instant now) {
        Duration bound = entry.value().isPresent() ? bounds.known() : bounds.unknown();
        return Duration.between(entry.readAt(), now).abs().compareTo(bound) < 0;
    }

    private static List<Set<ItemKey>> batches(Collection<ItemKey> keys) {
        List<Set<ItemKey>> batches = new ArrayList<>();
        Set<ItemKey> batch = new HashSet<>();
        for (ItemKey key : keys) {
            batch.add(key);
            if (batch.size() == RegistryStore.MAX_KEYS) {
                batches.add(batch);
                batch = new HashSet<>();
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private record Entry(Instant readAt, Optional<Object> value) {}

    /** What stood at the keys that were asked for. */
    record Found(Map<ItemKey, Optional<Object>> values) {
        <T> Optional<T> get(Lookup<T> lookup) {
            return values.getOrDefault(lookup.key(), Optional.empty()).map(lookup.type()::cast);
        }
    }
}

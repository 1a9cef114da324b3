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
import java.util.stream.Stream;

/**
 * Remembers what stood at a key, compiled, and that nothing stood there. An entry carries the moment at which its read began, and is good by
 * the caller's {@code now} alone. What is missing is read in as few batches as its number allows, always consistently: so an entry is
 * never older than its bound says, and a key that was just made is found as soon as its absence has lapsed.
 */
final class ReadCache {
    private final RegistryStore store;
    private final CacheSettings.CacheBounds bounds;
    private final Cache<ItemKey, Entry> entries;
    private final ReadAheadPlanner.Buffer brought = new ReadAheadPlanner.Buffer();

    ReadCache(RegistryStore store, CacheSettings.CacheBounds bounds) {
        this.store = store;
        this.bounds = bounds;
        // Evicting in the caller's thread: a function that is frozen between requests has no other.
        this.entries = Caffeine.newBuilder()
                .maximumSize(bounds.entries())
                .executor(Runnable::run)
                .build();
    }

    /** Tells what is worth reading too, once something must be read. */
    @FunctionalInterface
    interface Along {
        Along NOTHING = List::of;

        List<Lookups.Lookup<?>> lookups();
    }

    Found load(Collection<Lookups.Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        return load(lookups, Along.NOTHING, now);
    }

    /** As {@link #load(Collection, Instant)}; a batch that must be made brings along what else is not remembered, as far as it has room. */
    Found load(Collection<Lookups.Lookup<?>> lookups, Along along, Instant now) throws StoreUnavailable {
        Map<ItemKey, Optional<Object>> found = new HashMap<>();
        Map<ItemKey, Lookups.Lookup<?>> missing = new HashMap<>();
        for (Lookups.Lookup<?> lookup : lookups) {
            Optional<Entry> entry = fresh(lookup, now);
            entry.ifPresentOrElse(
                    known -> found.put(lookup.key(), known.value()), () -> missing.put(lookup.key(), lookup));
        }
        if (!missing.isEmpty()) {
            Map<ItemKey, Lookups.Lookup<?>> more = more(along, missing, now);
            for (Set<ItemKey> batch : batches(missing.keySet(), more.keySet())) {
                Map<ItemKey, Item> items = store.get(batch, RegistryStore.Consistency.STRONG, now);
                for (ItemKey key : batch) {
                    Lookups.Lookup<?> lookup = missing.get(key);
                    if (lookup != null) {
                        Entry entry = read(lookup, items, now);
                        found.put(key, entry.value());
                        brought.remove(key);
                    }
                }
                more.values().stream()
                        .filter(lookup -> batch.contains(lookup.key()))
                        .forEach(lookup -> readIfPossible(lookup, items, now));
            }
        }
        return new Found(found);
    }

    /** What is remembered of this, and nothing from the store. */
    <T> Optional<T> remembered(Lookups.Lookup<T> lookup, Instant now) {
        return fresh(lookup, now).flatMap(Entry::value).map(lookup.type()::cast);
    }

    /** As {@link #load}, from the store even if something is remembered. */
    Found loadAgain(Collection<Lookups.Lookup<?>> lookups, Instant now) throws StoreUnavailable {
        for (Lookups.Lookup<?> lookup : lookups) {
            forget(lookup.key());
        }
        return load(lookups, now);
    }

    /** What stands at this key is read anew the next time. */
    void forget(ItemKey key) {
        entries.invalidate(key);
        brought.remove(key);
    }

    /** Whether what is remembered of one key was read after all that is remembered of the others; otherwise they may have changed together in between. */
    boolean isNewer(Lookups.Lookup<?> one, Collection<? extends Lookups.Lookup<?>> others) {
        Optional<Instant> read = readAt(one);
        return read.isPresent()
                && others.stream().flatMap(other -> readAt(other).stream()).allMatch(read.get()::isAfter);
    }

    private Optional<Instant> readAt(Lookups.Lookup<?> lookup) {
        return entry(lookup.key()).map(Entry::readAt);
    }

    <T> Optional<T> load(Lookups.Lookup<T> lookup, Along along, Instant now) throws StoreUnavailable {
        return load(List.of(lookup), along, now).get(lookup);
    }

    /** In their order, as many as the last batch has room for. Where nothing is remembered there is no use in it. */
    private Map<ItemKey, Lookups.Lookup<?>> more(Along along, Map<ItemKey, Lookups.Lookup<?>> missing, Instant now) {
        Map<ItemKey, Lookups.Lookup<?>> more = new LinkedHashMap<>();
        int room = Math.ceilDiv(missing.size(), RegistryStore.MAX_KEYS) * RegistryStore.MAX_KEYS - missing.size();
        if (bounds.remember()) {
            for (Lookups.Lookup<?> lookup : along.lookups()) {
                if (more.size() < room
                        && !missing.containsKey(lookup.key())
                        && fresh(lookup, now).isEmpty()) {
                    more.put(lookup.key(), lookup);
                }
            }
        }
        return more;
    }

    private Entry read(Lookups.Lookup<?> lookup, Map<ItemKey, Item> items, Instant now) throws StoreUnavailable {
        Item item = items.get(lookup.key());
        Optional<Object> value =
                item == null ? Optional.empty() : Optional.of(lookup.reader().read(item));
        Entry entry = new Entry(now, value);
        remember(lookup.key(), entry);
        return entry;
    }

    /** A record that nobody has asked for yet refuses nobody: whoever asks for it learns that it cannot be read. */
    private void readIfPossible(Lookups.Lookup<?> lookup, Map<ItemKey, Item> items, Instant now) {
        try {
            brought.put(lookup.key(), read(lookup, items, now));
        } catch (StoreUnavailable e) {
            // Not remembered, so it is read again when it is asked for.
        }
    }

    /** Two readers may finish in the other order than they began: the later view stays. */
    private void remember(ItemKey key, Entry entry) {
        entries.asMap().merge(key, entry, (old, fresh) -> old.readAt().isAfter(fresh.readAt()) ? old : fresh);
    }

    private Optional<Entry> fresh(Lookups.Lookup<?> lookup, Instant now) {
        return entry(lookup.key()).filter(entry -> fresh(entry, now));
    }

    private Optional<Entry> entry(ItemKey key) {
        Entry entry = entries.getIfPresent(key);
        return entry == null ? brought.get(key) : Optional.of(entry);
    }

    /** A clock that was set back must not make an entry good for longer: distance in either direction counts. */
    private boolean fresh(Entry entry, Instant now) {
        Duration bound = entry.value().isPresent() ? bounds.known() : bounds.unknown();
        return Duration.between(entry.readAt(), now).abs().compareTo(bound) < 0;
    }

    private static List<Set<ItemKey>> batches(Set<ItemKey> keys, Set<ItemKey> more) {
        List<Set<ItemKey>> batches = new ArrayList<>();
        Set<ItemKey> batch = new HashSet<>();
        for (ItemKey key : (Iterable<ItemKey>) Stream.concat(keys.stream(), more.stream())::iterator) {
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

    record Entry(Instant readAt, Optional<Object> value) {}

    /** What stood at the keys that were asked for. */
    record Found(Map<ItemKey, Optional<Object>> values) {
        <T> Optional<T> get(Lookups.Lookup<T> lookup) {
            return values.getOrDefault(lookup.key(), Optional.empty()).map(lookup.type()::cast);
        }
    }
}

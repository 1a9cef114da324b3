package io.countersign.registry;

import io.countersign.registry.store.ItemKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what was brought along until it is asked for. A cache that is full gives new entries no place before they were asked for more than once; what a request at
 * hand is about to ask for must not be lost to that.
 */
final class Brought {
    /** Some ten entries for each of a hundred requests at once. */
    private static final int MOST = 1_024;

    private final Map<ItemKey, ReadCache.Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ItemKey, ReadCache.Entry> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<ReadCache.Entry> get(ItemKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(ItemKey key, ReadCache.Entry entry) {
        entries.remove(key);
        entries.put(key, entry);
    }

    synchronized void remove(ItemKey key) {
        entries.remove(key);
    }
}

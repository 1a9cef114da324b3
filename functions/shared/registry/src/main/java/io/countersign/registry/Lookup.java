package io.countersign.registry;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;

/** One record to find by its key: what it is read as belongs to the key, so that the cache may keep it in that form. */
record Lookup<T>(ItemKey key, Class<T> type, Reader<T> reader) {
    interface Reader<T> {
        T read(Item item) throws StoreUnavailable;
    }

    static <T> Lookup<T> of(ItemKey key, Class<T> type, Records.Reader<T> reader) {
        return new Lookup<>(key, type, item -> Records.read(item, reader));
    }
}

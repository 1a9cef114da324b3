package io.countersign.registry.store;

import java.time.Instant;

class MemoryStoreTest extends RegistryStoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected RegistryStore open() {
        return store;
    }

    @Override
    protected void spoil(ItemKey key, String payload) {
        store.spoil(key, before -> payload);
    }

    @Override
    protected void spoilExpiry(ItemKey key, Instant expiresAt) {
        store.spoilExpiry(key, expiresAt);
    }

    @Override
    protected void move(ItemKey from, ItemKey to) {
        store.move(from, to);
    }
}

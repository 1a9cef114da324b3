package io.countersign.registry.store;

class MemoryStoreTest extends RegistryStoreContract {
    @Override
    protected RegistryStore open() {
        return new MemoryStore();
    }
}

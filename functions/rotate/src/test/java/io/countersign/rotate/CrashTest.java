package io.countersign.rotate;

import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;

class CrashTest extends CrashContract {
    @Override
    protected RegistryStore open() {
        return new MemoryStore();
    }
}

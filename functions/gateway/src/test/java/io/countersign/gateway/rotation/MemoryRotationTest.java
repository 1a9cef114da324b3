package io.countersign.gateway.rotation;

import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import java.time.Duration;

class MemoryRotationTest extends AbstractRotationTest {
    @Override
    protected RegistryStore open() {
        return new MemoryStore();
    }

    @Override
    protected Load.Pace pace() {
        return new Load.Pace(3, 5, Duration.ofMinutes(50), 1);
    }
}

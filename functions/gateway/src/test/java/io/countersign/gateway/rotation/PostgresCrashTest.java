package io.countersign.gateway.rotation;

import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.CrashContract;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresCrashTest extends CrashContract {
    @Override
    protected RegistryStore open() throws Exception {
        return PostgresRotationTest.newRegistry();
    }
}

package io.countersign.gateway.rotation;

import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.CrashContract;

class DynamoCrashTest extends CrashContract {
    @Override
    protected RegistryStore open() throws Exception {
        return DynamoRotationTest.newTable();
    }

    @Override
    protected boolean isFast() {
        return false;
    }
}

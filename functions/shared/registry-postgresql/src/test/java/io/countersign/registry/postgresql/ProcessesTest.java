package io.countersign.registry.postgresql;

import io.countersign.registry.store.OtherProcess;
import io.countersign.registry.store.ProcessesContract;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class ProcessesTest extends ProcessesContract {
    private TestRegistry registry = new TestRegistry("");

    @BeforeEach
    void make() throws Exception {
        registry = TestRegistry.make();
    }

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return registry.open();
    }

    @Override
    protected Process start(int end) throws IOException {
        return OtherProcess.start(WriterProcess.class, registry.url(), Integer.toString(end));
    }
}

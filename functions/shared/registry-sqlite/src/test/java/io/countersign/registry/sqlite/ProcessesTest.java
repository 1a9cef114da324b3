package io.countersign.registry.sqlite;

import io.countersign.registry.store.OtherProcess;
import io.countersign.registry.store.ProcessesContract;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest extends ProcessesContract {
    @TempDir
    Path directory;

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return SqliteStore.open(file());
    }

    @Override
    protected Process start(int end) throws IOException {
        return OtherProcess.start(WriterProcess.class, file().toString(), Integer.toString(end));
    }

    private Path file() {
        return directory.resolve("registry.db");
    }
}

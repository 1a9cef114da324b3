package io.countersign.registry.sqlite;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.RegistryStoreContract;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends RegistryStoreContract {
    @TempDir
    Path directory;

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return SqliteStore.open(directory.resolve("registry.db"));
    }
}

package io.countersign.gateway.rotation;

import io.countersign.registry.sqlite.SqliteStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.CrashContract;
import io.countersign.testkit.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCrashTest extends CrashContract {
    @TempDir
    private Path directory;

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return SqliteStore.open(directory.resolve(Seeds.uuid() + ".db"));
    }
}

package io.countersign.gateway.rotation;

import io.countersign.registry.sqlite.SqliteStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class SqliteRotationTest extends AbstractRotationTest {
    @TempDir
    private Path directory;

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return SqliteStore.open(directory.resolve("registry.db"));
    }

    @Override
    protected Load.Pace pace() {
        return new Load.Pace(3, 5, Duration.ofMinutes(50), 1);
    }
}

package io.countersign.registry.sqlite;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.RegistryStoreContract;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends RegistryStoreContract {
    @TempDir
    Path directory;

    @Override
    protected RegistryStore open() throws StoreUnavailable {
        return SqliteStore.open(file());
    }

    @Override
    protected void spoil(ItemKey key, String payload) throws SQLException {
        RawRows.in(file()).set(key, "payload", payload);
    }

    @Override
    protected void spoilExpiry(ItemKey key, Instant expiresAt) throws SQLException {
        RawRows.in(file()).set(key, "expires", expiresAt.toEpochMilli());
    }

    @Override
    protected void move(ItemKey from, ItemKey to) throws SQLException {
        RawRows.in(file()).set(from, "sort", to.sort());
    }

    private Path file() {
        return directory.resolve("registry.db");
    }
}

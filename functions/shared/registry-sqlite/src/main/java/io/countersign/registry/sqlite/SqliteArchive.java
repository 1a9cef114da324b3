package io.countersign.registry.sqlite;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registry in one file that is opened for reading only: a backup, or a file in a directory that cannot be written.
 * Nothing on the disk is made or changed, and a file of the previous format is read as it is. A file that a process
 * writes is refused, when it is opened or at the next read.
 */
public final class SqliteArchive implements ScannableStore {
    private final ArchiveFile file;
    private final Readers readers;
    private final Rows rows;

    private SqliteArchive(ArchiveFile file, Readers readers, Rows rows) {
        this.file = file;
        this.readers = readers;
        this.rows = rows;
    }

    /**
     * @throws StoreUnavailable when the file has no registry, or is damaged, of a newer version, or in use by a
     *     process that writes
     */
    public static SqliteArchive open(Path path) throws StoreUnavailable {
        ArchiveFile file = ArchiveFile.of(path);
        try (Connection connection = file.reading()) {
            int format = Schema.format(connection, path);
            if (format == 0) {
                throw new StoreUnavailable("the file " + path + " is empty; name the directory of a registry");
            }
            return new SqliteArchive(file, new Readers(path, file::reading, file), new Rows(format));
        } catch (SQLException e) {
            throw Failures.of(path, e);
        }
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a batch has at most " + MAX_KEYS + " keys");
        }
        return keys.isEmpty() ? Map.of() : readers.read(connection -> rows.get(connection, keys, now));
    }

    /** @throws StoreUnavailable.ReadOnlyRegistry always */
    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now)
            throws StoreUnavailable.ReadOnlyRegistry {
        throw new StoreUnavailable.ReadOnlyRegistry();
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.checkLimit(limit);
        return readers.read(connection -> rows.page(connection, partition, after, limit, now));
    }

    @Override
    public ScannableStore.Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable {
        return readers.read(connection -> rows.scan(connection, after, limit, now));
    }

    @Override
    public void requireSame() throws StoreUnavailable {
        file.require();
    }

    @Override
    public void close() {
        readers.close();
    }
}

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
 * The registry in one file, for any number of threads and processes of one machine. A transaction that {@link #write}
 * acknowledged survives the loss of the process and of power (write-ahead log, every commit flushed). A batch or a
 * page is of one moment.
 *
 * <p>When the file was deleted or replaced after it was opened, every call fails.
 *
 * <p>A new file and the two files that SQLite keeps with it belong to their owner only (mode 0600).
 */
public final class SqliteStore implements ScannableStore {
    private final Connection pin;
    private final FileGuard.SameFile same;
    private final Readers readers;
    private final Writer writer;

    /**
     * @param pin keeps the file open as long as the store, because a file that no process has open gives its inode to
     *     the next new file
     */
    private SqliteStore(Connection pin, FileGuard.SameFile same, Readers readers, Writer writer) {
        this.pin = pin;
        this.same = same;
        this.readers = readers;
        this.writer = writer;
    }

    /**
     * Opens the file, and makes it first when it does not exist.
     *
     * @throws StoreUnavailable when the file is damaged, belongs to another program, is of a newer version, or cannot
     *     be read and written
     */
    public static SqliteStore open(Path file) throws StoreUnavailable {
        DatabaseFile database = DatabaseFile.prepare(file);
        try {
            Connection pin = database.reading();
            FileGuard.SameFile same = FileGuard.SameFile.of(file);
            return new SqliteStore(pin, same, new Readers(file, database::reading, same), new Writer(database, same));
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a batch has at most " + MAX_KEYS + " keys");
        }
        return keys.isEmpty() ? Map.of() : readers.read(connection -> Rows.CURRENT.get(connection, keys, now));
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        return writer.write(transaction, now);
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.checkLimit(limit);
        return readers.read(connection -> Rows.CURRENT.page(connection, partition, after, limit, now));
    }

    @Override
    public ScannableStore.Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable {
        return readers.read(connection -> Rows.CURRENT.scan(connection, after, limit, now));
    }

    @Override
    public void requireSame() throws StoreUnavailable {
        same.require();
    }

    @Override
    public void close() {
        Quietly.close(pin);
        writer.close();
        readers.close();
    }

    /** Closes a connection that is given up. A failure has no consequence and is ignored. */
    static final class Quietly {
        private Quietly() {}

        static void close(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                // Its file handles end with the process.
            }
        }
    }
}

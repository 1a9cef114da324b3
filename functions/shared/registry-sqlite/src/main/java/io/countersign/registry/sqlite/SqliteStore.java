package io.countersign.registry.sqlite;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
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
 * The registry in one file, for one machine: any number of threads and processes read and write it at once. What {@link #write} acknowledged
 * survives the loss of the process and of power (write-ahead log, every commit flushed); a batch or a page is of one moment.
 *
 * <p>Nothing is answered from a file that was deleted or replaced since it was opened: every call then fails.
 *
 * <p>A new file belongs to its owner alone (mode 0600), and so do the two files that SQLite keeps beside it.
 */
public final class SqliteStore implements RegistryStore {
    private final Connection pin;
    private final StandingFile.SameFile same;
    private final Readers readers;
    private final Writer writer;

    /** @param pin open as long as the store: a file that nobody has open gives its inode to the next one that is made */
    private SqliteStore(Connection pin, StandingFile.SameFile same, Readers readers, Writer writer) {
        this.pin = pin;
        this.same = same;
        this.readers = readers;
        this.writer = writer;
    }

    /**
     * Opens the file, and makes it first when there is none.
     *
     * @throws StoreUnavailable when the file is damaged, holds something else, is of a newer version, or cannot be read and written
     */
    public static SqliteStore open(Path file) throws StoreUnavailable {
        DatabaseFile database = DatabaseFile.prepare(file);
        try {
            Connection pin = database.reading();
            StandingFile.SameFile same = StandingFile.SameFile.of(file);
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
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " items");
        }
        return readers.read(connection -> Rows.CURRENT.page(connection, partition, after, limit, now));
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

    /** Closing a connection that is given up: there is nobody left who could do anything about a failure. */
    static final class Quietly {
        private Quietly() {}

        static void close(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                // Its file handles go with the process.
            }
        }
    }
}

package io.countersign.registry.sqlite;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/**
 * The only writing connection of this process. A transaction has one deadline for all of its waits: for the other
 * threads of this process, and for SQLite's lock among processes.
 */
final class Writer implements AutoCloseable {
    /** The time from the call to the end of the wait. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The size to which the write-ahead log is cut when it restarts after it grew. */
    static final int LOG_BYTES = 8 << 20;

    private final DatabaseFile file;
    private final FileGuard.SameFile same;
    private final WriteTurn turn = new WriteTurn(System::nanoTime);
    private Optional<Connection> open = Optional.empty();
    private volatile boolean closed;

    Writer(DatabaseFile file, FileGuard.SameFile same) {
        this.file = file;
        this.same = same;
    }

    RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        takeTurn(deadline);
        try {
            Connection connection = connection();
            try {
                waitUntil(deadline, connection);
                // Explicit BEGIN: the driver would otherwise begin the next transaction with each commit, which keeps
                // other processes out.
                execute(connection, "BEGIN IMMEDIATE");
                RegistryStore.WriteResult result = Changes.make(connection, transaction, now);
                same.require();
                switch (result) {
                    case RegistryStore.WriteResult.Committed committed -> execute(connection, "COMMIT");
                    case RegistryStore.WriteResult.Conflict conflict -> execute(connection, "ROLLBACK");
                }
                return result;
            } catch (SQLException | StoreUnavailable | RuntimeException e) {
                giveUp(connection);
                throw e;
            }
        } catch (SQLException e) {
            same.require();
            throw Failures.of(file.name(), e);
        } finally {
            turn.giveBack();
        }
    }

    /** Waits for a write in progress as long as a write does. */
    @Override
    public void close() {
        boolean mine = false;
        try {
            mine = turn.take(System.nanoTime() + PATIENCE.toNanos());
            closed = true;
            if (mine) {
                open.ifPresent(SqliteStore.Quietly::close);
                open = Optional.empty();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                turn.giveBack();
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void takeTurn(long deadline) throws StoreUnavailable {
        try {
            if (!turn.take(deadline)) {
                throw new StoreUnavailable("the registry " + file.name()
                        + " is waiting for a write that does not end; try again, and look for a process that"
                        + " holds it, or a slow disk");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("the write to the registry " + file.name() + " was interrupted", e);
        }
    }

    /** SQLite retries to get its lock until then. */
    private static void waitUntil(long deadline, Connection connection) throws SQLException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        connection.unwrap(SQLiteConnection.class).setBusyTimeout((int) Math.max(0, left));
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw new SQLException("the store was closed");
        }
        if (open.isPresent()) {
            return open.get();
        }
        Connection connection = file.writing();
        open = Optional.of(connection);
        // SQLite copies the log into the file every 1,000 pages and then restarts it. It never shortens the log
        // without this setting.
        execute(connection, "PRAGMA journal_size_limit = " + LOG_BYTES);
        return connection;
    }

    /** Closing rolls back in any state of the connection. The next write opens a new one. */
    private void giveUp(Connection connection) {
        open = Optional.empty();
        SqliteStore.Quietly.close(connection);
    }
}

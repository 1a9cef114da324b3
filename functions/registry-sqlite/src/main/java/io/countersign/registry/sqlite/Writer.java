package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The one connection of this process that writes. Among processes SQLite's own lock decides, and a waiting one asks for five seconds. */
final class Writer implements AutoCloseable {
    private final DatabaseFile file;
    private final ReentrantLock lock = new ReentrantLock(true);
    private Optional<Connection> open = Optional.empty();
    private boolean closed;

    Writer(DatabaseFile file) {
        this.file = file;
    }

    WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        lock.lock();
        try {
            Connection connection = connection();
            try {
                // By hand: left to itself the driver begins the next transaction with each commit, and keeps others out
                // meanwhile.
                execute(connection, "BEGIN IMMEDIATE");
                WriteResult result = Changes.make(connection, transaction, now);
                switch (result) {
                    case WriteResult.Committed committed -> execute(connection, "COMMIT");
                    case WriteResult.Conflict conflict -> execute(connection, "ROLLBACK");
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                giveUp(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(file.name(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            open.ifPresent(Quietly::close);
            open = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
        return connection;
    }

    /** Closing rolls back, whatever state the connection is in; the next write opens a new one. */
    private void giveUp(Connection connection) {
        open = Optional.empty();
        Quietly.close(connection);
    }
}

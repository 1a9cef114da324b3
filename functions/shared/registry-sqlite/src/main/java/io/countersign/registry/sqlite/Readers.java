package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A pool of connections that only read. With the write-ahead log they do not wait for writers. */
final class Readers implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final long WAIT_SECONDS = 5;

    private final Path name;
    private final Opening opening;
    private final FileGuard file;
    private final Semaphore turns = new Semaphore(CONNECTIONS);
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param opening opens a connection for reading
     * @param file is checked before an answer is returned
     */
    Readers(Path name, Opening opening, FileGuard file) {
        this.name = name;
        this.opening = opening;
        this.file = file;
    }

    interface Opening {
        Connection open() throws SQLException;
    }

    interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    <T> T read(Read<T> read) throws StoreUnavailable {
        takeTurn();
        try {
            Connection connection = take();
            try {
                T result = read.from(connection);
                file.require();
                giveBack(connection);
                return result;
            } catch (SQLException | StoreUnavailable e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            file.require();
            throw Failures.of(name, e);
        } finally {
            turns.release();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Connection connection : idle) {
            SqliteStore.Quietly.close(connection);
        }
        idle.clear();
    }

    private void takeTurn() throws StoreUnavailable {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new StoreUnavailable("the registry " + name + " has too many concurrent reads; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("the read of the registry " + name + " was interrupted", e);
        }
    }

    private synchronized Connection take() throws SQLException {
        if (closed) {
            throw new SQLException("the store was closed");
        }
        Connection connection = idle.poll();
        return connection == null ? opening.open() : connection;
    }

    private synchronized void giveBack(Connection connection) {
        if (closed) {
            SqliteStore.Quietly.close(connection);
        } else {
            idle.push(connection);
        }
    }
}

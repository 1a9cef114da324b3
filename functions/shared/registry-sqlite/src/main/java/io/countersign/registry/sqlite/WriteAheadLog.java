package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The journal mode that the file itself remembers, and that lets readers go on while one process writes. */
final class WriteAheadLog {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private WriteAheadLog() {}

    /**
     * Turns the file to it, which does nothing to one that is. While another process has the write lock SQLite refuses the turn at once, whatever the busy
     * timeout is: it holds a read lock by then, and to wait with one could block both. So the wait is here, with no lock held.
     *
     * @throws StoreUnavailable when the file's place knows no shared memory, as network file systems do not
     */
    static void begin(Connection connection, Path file, Duration patience) throws SQLException, StoreUnavailable {
        long begun = System.nanoTime();
        String mode = "";
        while (mode.isEmpty()) {
            try {
                mode = turn(connection);
            } catch (SQLException e) {
                if (!Failures.isBusy(e) || System.nanoTime() - begun > patience.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        if (!mode.equals("wal")) {
            throw new StoreUnavailable("the registry " + file
                    + " cannot keep a write-ahead log where it is; give a path on a disk of this machine");
        }
    }

    private static String turn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            return row.next() ? row.getString(1) : "none";
        }
    }
}

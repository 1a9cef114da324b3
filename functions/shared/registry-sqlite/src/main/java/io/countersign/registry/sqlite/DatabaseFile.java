package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * A registry's file: created for its owner only, examined before anything in it is changed, and opened for reading or
 * writing.
 */
record DatabaseFile(Path path) {
    /** How long a connection retries to get a lock that another process has. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    static DatabaseFile prepare(Path path) throws StoreUnavailable {
        DatabaseFile file = new DatabaseFile(path);
        file.make();
        try (Connection connection = file.writing()) {
            boolean current = Schema.format(connection, path) == Schema.VERSION;
            WriteAheadLog.begin(connection, path, BUSY);
            if (!current) {
                Schema.make(connection, path);
            }
        } catch (SQLException e) {
            throw Failures.of(path, e);
        }
        return file;
    }

    Path name() {
        return path;
    }

    /**
     * Opens the file for writing; every commit is flushed. Opening neither changes nor creates the file, which is
     * created earlier with its mode.
     */
    Connection writing() throws SQLException {
        NativeLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
        config.setSynchronous(SynchronousMode.FULL);
        return config.createConnection(SqliteUrl.of(path));
    }

    Connection reading() throws SQLException {
        Connection connection = writing();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = 1");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private void make() throws StoreUnavailable {
        if (Files.exists(path)) {
            return;
        }
        try {
            FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    .close();
        } catch (FileAlreadyExistsException e) {
            // Another process created it in between. The process that takes the write lock first fills an empty file.
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreUnavailable(
                    "the registry " + path
                            + " cannot be made; give a path in a directory that this user can write, on a file system with permissions",
                    e);
        }
    }

    /** The journal mode that the file remembers, in which readers continue while one process writes. */
    static final class WriteAheadLog {
        private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

        private WriteAheadLog() {}

        /**
         * Sets the file to this mode, which has no effect when it has it. While another process has the write lock
         * SQLite refuses the change at once and ignores the busy timeout, because it holds a read lock by then and
         * waiting with one could block both. So this method waits without a lock.
         *
         * @throws StoreUnavailable when the file system has no shared memory, as network file systems do not
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
}

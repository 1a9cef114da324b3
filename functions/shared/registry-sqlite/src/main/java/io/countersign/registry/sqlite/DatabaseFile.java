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

/** The file: made for its owner alone, looked at before anything in it is changed, and opened for reading or writing. */
record DatabaseFile(Path path) {
    /** How long a connection asks again for a lock that another process has. */
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

    /** Every commit of it is flushed. Opening changes nothing in the file, and never makes one: that is done with its mode, before. */
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
            // Another process made it in between; an empty file is filled by whoever takes the write lock first.
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreUnavailable(
                    "the registry " + path
                            + " cannot be made; give a path in a directory that this user can write, on a file system with permissions",
                    e);
        }
    }

    /** The journal mode that the file itself remembers, and that lets readers go on while one process writes. */
    static final class WriteAheadLog {
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
}

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
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** The file: made for its owner alone, looked at before anything in it is changed, and opened for reading or writing. */
record DatabaseFile(Path path) {
    private static final int BUSY_MILLIS = 5_000;

    static DatabaseFile prepare(Path path) throws StoreUnavailable {
        DatabaseFile file = new DatabaseFile(path);
        file.make();
        try (Connection connection = file.connect(config())) {
            Schema.refuseOther(connection, path);
        } catch (SQLException e) {
            throw Failures.of(path, e);
        }
        try (Connection connection = file.writing()) {
            Schema.make(connection, path);
        } catch (SQLException e) {
            throw Failures.of(path, e);
        }
        return file;
    }

    Path name() {
        return path;
    }

    Connection writing() throws SQLException {
        return connect(durable());
    }

    Connection reading() throws SQLException {
        Connection connection = connect(durable());
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = 1");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static SQLiteConfig durable() {
        SQLiteConfig config = config();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        return config;
    }

    /** Never makes a file: that is done with its mode, before. */
    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
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
}

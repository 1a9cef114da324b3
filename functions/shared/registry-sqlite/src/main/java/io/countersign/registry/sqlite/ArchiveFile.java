package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * A registry's file that is opened for reading only, without making any file next to it: a backup, or a file in a
 * directory that cannot be written. SQLite neither locks it nor looks for a log, so it must be complete by itself and
 * no process may write it meanwhile.
 *
 * @param stamp changes with every write
 */
record ArchiveFile(Path path, Stamp stamp) implements FileGuard {
    /** The state of the file when it was opened. */
    private record Stamp(Optional<Object> id, long bytes, long millis) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(
                    Optional.ofNullable(attributes.fileKey()),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        }
    }

    /**
     * Examines the file and its directory.
     *
     * @throws StoreUnavailable when there is no file, or it has a write-ahead log, which may contain its last changes
     */
    static ArchiveFile of(Path path) throws StoreUnavailable {
        try {
            if (hasLog(path)) {
                throw new StoreUnavailable("the registry " + path
                        + " has a write-ahead log next to it (" + path.getFileName()
                        + "-wal): a process has it open or was killed, or it was copied while one had; stop that process,"
                        + " or run keys without --read-only, which takes the log in, on a copy of both files where you"
                        + " cannot write");
            }
            return new ArchiveFile(path, Stamp.of(path));
        } catch (IOException e) {
            throw new StoreUnavailable("the registry " + path + " cannot be read; name the directory that holds it", e);
        }
    }

    Connection reading() throws SQLException {
        NativeLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection(SqliteUrl.of(path) + "?mode=ro&immutable=1");
    }

    @Override
    public void require() throws StoreUnavailable {
        try {
            if (hasLog(path) || !stamp.equals(Stamp.of(path))) {
                throw new StoreUnavailable("the registry " + path
                        + " is being written by another process, which --read-only does not see; start this one again"
                        + " without it");
            }
        } catch (IOException e) {
            throw new StoreUnavailable("the registry " + path + " is missing or cannot be examined; restore it", e);
        }
    }

    private static boolean hasLog(Path path) throws IOException {
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }
}

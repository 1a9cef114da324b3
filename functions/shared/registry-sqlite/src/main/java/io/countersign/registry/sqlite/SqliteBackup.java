package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/**
 * Copies a registry's file while other processes read and write it. The copy is of one moment and complete by itself,
 * without a write-ahead log, as {@link SqliteArchive} requires. The registry is not changed or upgraded: the copy has
 * its format.
 */
public final class SqliteBackup {
    private SqliteBackup() {}

    /**
     * Writes the copy to a new file of mode 0600, and flushes it. After a failure there is no copy.
     *
     * @return the size of the copy in bytes
     * @throws StoreUnavailable when the registry is empty, damaged, of a newer version, replaced meanwhile, or held by
     *     another process for longer than five seconds, or when its disk or that of the copy does not answer
     * @throws IOException when the copy exists, cannot be created or flushed, or has no room on its disk
     */
    public static long write(Path registry, Path copy) throws StoreUnavailable, IOException {
        FileGuard same = FileGuard.SameFile.of(registry);
        FileChannel.open(
                        copy,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .close();
        boolean whole = false;
        try {
            fill(registry, copy);
            same.require();
            flush(copy, StandardOpenOption.WRITE);
            flush(copy.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ);
            whole = true;
            return Files.size(copy);
        } finally {
            if (!whole) {
                Files.delete(copy);
            }
        }
    }

    /** SQLite writes into the empty file that is there, which keeps its mode. */
    private static void fill(Path registry, Path copy) throws StoreUnavailable, IOException {
        try (Connection connection = new DatabaseFile(registry).writing()) {
            if (Schema.format(connection, registry) == 0) {
                throw new StoreUnavailable("the file " + registry + " is empty; name the directory of a registry");
            }
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, copy.toAbsolutePath().toString());
                vacuum.execute();
            }
        } catch (SQLException e) {
            throw failure(registry, e);
        }
    }

    /** The registry is only read, so what has no room is the copy. */
    static StoreUnavailable failure(Path registry, SQLException failure) throws IOException {
        if (Failures.isFull(failure)) {
            throw new IOException("the disk of the copy is full", failure);
        }
        return Failures.of(registry, failure);
    }

    /** SQLite does not flush such a copy. */
    private static void flush(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}

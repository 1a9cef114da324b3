package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Describes an error of SQLite for the operator. SQLite's own message is left out because it may contain a statement's
 * text.
 */
final class Failures {
    private Failures() {}

    static StoreUnavailable of(Path file, SQLException failure) {
        return new StoreUnavailable("the registry " + file + " " + advice(failure), failure);
    }

    /** Whether another process has a lock that the statement needs. */
    static boolean isBusy(SQLException failure) {
        return primary(failure) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Whether the disk that the statement writes to has no room. */
    static boolean isFull(SQLException failure) {
        return primary(failure) == SQLiteErrorCode.SQLITE_FULL;
    }

    private static String advice(SQLException failure) {
        return switch (primary(failure)) {
            case SQLITE_NOTADB -> "is not a registry, or it is damaged; give another path, or restore it from a copy";
            case SQLITE_CORRUPT -> "is damaged; stop every process that uses it and restore it from a copy";
            case SQLITE_BUSY, SQLITE_LOCKED -> "is held by another process; try again, and look for one that hangs";
            case SQLITE_FULL -> "cannot grow; make room on its disk";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "cannot be opened for writing; check that the file and its directory belong to this user";
            case SQLITE_IOERR -> "cannot be read or written; check its disk";
            default -> "does not answer";
        };
    }

    /** Extended codes have the primary one in their lowest byte. */
    private static SQLiteErrorCode primary(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}

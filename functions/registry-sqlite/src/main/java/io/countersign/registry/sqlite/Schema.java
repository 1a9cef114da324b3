package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The one table, and the marks by which its file is known again. */
final class Schema {
    /** "CSRG": which program a SQLite file belongs to. */
    private static final int APPLICATION_ID = 0x43535247;

    private static final int VERSION = 1;

    /** Versions of items are drawn from one counter, so that none comes twice even when an item is deleted and made again. */
    private static final List<String> STATEMENTS =
            List.of("""
            CREATE TABLE item (
                partition TEXT NOT NULL,
                sort TEXT NOT NULL,
                version INTEGER NOT NULL,
                expires INTEGER,
                payload TEXT NOT NULL,
                PRIMARY KEY (partition, sort)
            ) STRICT""", """
            CREATE INDEX item_expires ON item (expires) WHERE expires IS NOT NULL""", """
            CREATE TABLE counter (
                name TEXT NOT NULL PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT""", """
            INSERT INTO counter (name, value) VALUES ('version', 0)""", """
            PRAGMA application_id = %d""".formatted(APPLICATION_ID), """
            PRAGMA user_version = %d""".formatted(VERSION));

    private Schema() {}

    /**
     * Whether the tables are there. Changes nothing in the file: one that is not ours stays as it is. Looks at one moment of it, since another process
     * may just be making the tables.
     *
     * @throws StoreUnavailable when the file holds something else, is damaged, or is of a newer version
     */
    static boolean isMade(Connection connection, Path file) throws SQLException, StoreUnavailable {
        Writer.execute(connection, "BEGIN");
        int tables = number(connection, "SELECT count(*) FROM sqlite_master");
        int application = number(connection, "PRAGMA application_id");
        if (application != APPLICATION_ID && (application != 0 || tables != 0)) {
            throw new StoreUnavailable(
                    "the file " + file + " holds the database of another program; give another path");
        }
        boolean made = application == APPLICATION_ID;
        if (made) {
            refuseNewer(number(connection, "PRAGMA user_version"), file);
            refuseDamaged(connection, file);
        }
        Writer.execute(connection, "COMMIT");
        return made;
    }

    /** Of several processes that start on an empty file, the first to take the write lock makes the tables. */
    static void make(Connection connection, Path file) throws SQLException, StoreUnavailable {
        Writer.execute(connection, "BEGIN IMMEDIATE");
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            for (String sql : STATEMENTS) {
                Writer.execute(connection, sql);
            }
        }
        Writer.execute(connection, "COMMIT");
        refuseNewer(number(connection, "PRAGMA user_version"), file);
    }

    private static void refuseNewer(int version, Path file) throws StoreUnavailable {
        if (version != VERSION) {
            throw new StoreUnavailable("the registry " + file + " has the format " + version
                    + " and this Countersign knows " + VERSION + "; use the version of Countersign that made it");
        }
    }

    private static void refuseDamaged(Connection connection, Path file) throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!row.next() || !"ok".equals(row.getString(1))) {
                throw new StoreUnavailable("the registry " + file
                        + " is damaged; stop every process that uses it and restore it from a copy");
            }
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}

package io.countersign.registry.sqlite;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables, and the marks that identify their file: the program that it belongs to, and the format. */
final class Schema {
    /** "CSRG": identifies the program that a SQLite file belongs to. */
    private static final int APPLICATION_ID = 0x43535247;

    /** Format 1 had no checksums. */
    static final int VERSION = 2;

    static final String ITEM = """
            CREATE TABLE item (
                partition TEXT NOT NULL,
                sort TEXT NOT NULL,
                version INTEGER NOT NULL,
                expires INTEGER,
                payload TEXT NOT NULL,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (partition, sort)
            ) STRICT""";

    static final String EXPIRES = "CREATE INDEX item_expires ON item (expires) WHERE expires IS NOT NULL";

    static final String MARK = "PRAGMA user_version = " + VERSION;

    /**
     * Versions of items come from one counter, so that none is repeated even when an item is deleted and made again.
     */
    private static final List<String> STATEMENTS =
            List.of(ITEM, EXPIRES, """
            CREATE TABLE counter (
                name TEXT NOT NULL PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT""", """
            INSERT INTO counter (name, value) VALUES ('version', 0)""", """
            PRAGMA application_id = %d""".formatted(APPLICATION_ID), MARK);

    private Schema() {}

    /**
     * Returns the format of the tables; 0 when there are none. It does not change the file, so a file of another
     * program stays as it is. It reads in one transaction, because another process may be making the tables.
     *
     * @throws StoreUnavailable when the file belongs to another program, is damaged, or is of a newer version
     */
    static int format(Connection connection, Path file) throws SQLException, StoreUnavailable {
        Writer.execute(connection, "BEGIN");
        int tables = number(connection, "SELECT count(*) FROM sqlite_master");
        int application = number(connection, "PRAGMA application_id");
        if (application != APPLICATION_ID && (application != 0 || tables != 0)) {
            throw new StoreUnavailable(
                    "the file " + file + " holds the database of another program; give another path");
        }
        boolean made = application == APPLICATION_ID;
        int version = made ? version(connection, file) : 0;
        if (made) {
            refuseDamaged(connection, file);
        }
        Writer.execute(connection, "COMMIT");
        return version;
    }

    /**
     * Makes the tables, or converts those of an earlier format, in one transaction: a process that is killed meanwhile
     * leaves the former state. Of several processes that start on one file, the first to take the write lock does it.
     */
    static void make(Connection connection, Path file) throws SQLException, StoreUnavailable {
        Writer.execute(connection, "BEGIN IMMEDIATE");
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            for (String sql : STATEMENTS) {
                Writer.execute(connection, sql);
            }
        } else if (version(connection, file) != VERSION) {
            refuseChecksums(connection, file);
            for (Upgrade step : Upgrade.STEPS) {
                step.make(connection);
            }
        }
        Writer.execute(connection, "COMMIT");
    }

    private static int version(Connection connection, Path file) throws SQLException, StoreUnavailable {
        int version = number(connection, "PRAGMA user_version");
        if (version > VERSION) {
            throw new StoreUnavailable("the registry " + file + " has the format " + version
                    + " and this Countersign knows formats up to " + VERSION
                    + "; use the version of Countersign that made it, or a later one");
        }
        if (version < 1) {
            throw damaged(file);
        }
        return version;
    }

    /** Prevents that a changed format mark lets damaged records get new checksums. */
    private static void refuseChecksums(Connection connection, Path file) throws SQLException, StoreUnavailable {
        if (number(connection, "SELECT count(*) FROM pragma_table_info('item') WHERE name = 'checksum'") != 0) {
            throw damaged(file);
        }
    }

    /** Compares each index entry with its row too: a damaged key in an index would hide its record. */
    private static void refuseDamaged(Connection connection, Path file) throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (!row.next() || !"ok".equals(row.getString(1))) {
                throw damaged(file);
            }
        }
    }

    private static StoreUnavailable damaged(Path file) {
        return new StoreUnavailable(
                "the registry " + file + " is damaged; stop every process that uses it and restore it from a copy");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** A conversion from one format to the next. All of them run in one transaction, in their order. */
    @FunctionalInterface
    interface Upgrade {
        /**
         * The table is made again instead of adding a column: an added column needs a default, which rows written by a
         * process of an earlier version would get.
         */
        List<Upgrade> STEPS = List.of(
                connection -> Writer.execute(connection, "ALTER TABLE item RENAME TO former"),
                connection -> Writer.execute(connection, "DROP INDEX item_expires"),
                connection -> Writer.execute(connection, Schema.ITEM),
                connection -> Writer.execute(connection, Schema.EXPIRES),
                Upgrade::copy,
                connection -> Writer.execute(connection, "DROP TABLE former"),
                connection -> Writer.execute(connection, Schema.MARK));

        void make(Connection connection) throws SQLException;

        private static void copy(Connection connection) throws SQLException {
            try (PreparedStatement look = connection.prepareStatement(
                            "SELECT partition, sort, version, expires, payload FROM former");
                    ResultSet row = look.executeQuery();
                    PreparedStatement put = connection.prepareStatement(Changes.PUT)) {
                while (row.next()) {
                    ItemKey key = new ItemKey(row.getString(1), row.getString(2));
                    long version = row.getLong(3);
                    long expires = row.getLong(4);
                    Optional<Instant> expiresAt =
                            row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
                    Changes.put(put, key, version, row.getString(5), expiresAt);
                }
            }
        }
    }
}

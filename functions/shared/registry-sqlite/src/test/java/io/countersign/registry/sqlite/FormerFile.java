package io.countersign.registry.sqlite;

import io.countersign.registry.store.ItemKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes and fills a file as format 1 had it. */
final class FormerFile {
    /** The versions that were used up. */
    static final int VERSIONS = 8;

    private FormerFile() {}

    static void make(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            for (String sql : List.of(
                    "PRAGMA journal_mode = WAL",
                    "CREATE TABLE item (partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL,"
                            + " expires INTEGER, payload TEXT NOT NULL, PRIMARY KEY (partition, sort)) STRICT",
                    "CREATE INDEX item_expires ON item (expires) WHERE expires IS NOT NULL",
                    "CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT",
                    "INSERT INTO counter (name, value) VALUES ('version', " + VERSIONS + ")",
                    "PRAGMA application_id = " + 0x43535247,
                    "PRAGMA user_version = 1")) {
                Writer.execute(connection, sql);
            }
        }
    }

    static void put(Connection connection, ItemKey key, long version, String payload, Optional<Instant> expiresAt)
            throws SQLException {
        try (var statement = connection.prepareStatement("INSERT OR REPLACE INTO item"
                + " (partition, sort, version, expires, payload) VALUES (?, ?, ?, ?, ?)")) {
            statement.setString(1, key.partition());
            statement.setString(2, key.sort());
            statement.setLong(3, version);
            if (expiresAt.isPresent()) {
                statement.setLong(4, expiresAt.get().toEpochMilli());
            } else {
                statement.setNull(4, Types.INTEGER);
            }
            statement.setString(5, payload);
            statement.executeUpdate();
        }
    }
}

package io.countersign.registry.sqlite;

import io.countersign.registry.store.ItemKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A step from format 1, which had no checksums, to this one. They are made in one transaction, in their order. */
@FunctionalInterface
interface Upgrade {
    /** The table is made anew: a column that is added must have a default, and what a process of an earlier version goes on to write would have it. */
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
        try (PreparedStatement look =
                        connection.prepareStatement("SELECT partition, sort, version, expires, payload FROM former");
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

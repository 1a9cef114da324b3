package io.countersign.registry.postgresql;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The writing statements, each for any number of rows, in one order: of two transactions that write the same rows one
 * waits for the other, and never both.
 *
 * @param version of all rows, whose keys differ
 */
record Statements(Connection connection, long version) {
    private static final String INSERT =
            "INSERT INTO countersign.item (partition, sort, version, expires, payload, checksum)"
                    + " SELECT * FROM unnest(?::bytea[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[])"
                    + " AS made (partition, sort, version, expires, payload, checksum)"
                    + " ORDER BY sha256(made.partition), made.sort ON CONFLICT (place, sort) DO ";

    private static final String UNLESS_THERE = INSERT + "NOTHING";
    private static final String OR_REPLACE = INSERT
            + "UPDATE SET version = EXCLUDED.version, expires = EXCLUDED.expires, payload = EXCLUDED.payload,"
            + " checksum = EXCLUDED.checksum";

    private static final String REPLACE_VERSION =
            "UPDATE countersign.item SET version = ?, expires = ?, payload = ?, checksum = ?"
                    + " WHERE place = sha256(?) AND sort = ? AND version = ? AND (expires IS NULL OR expires > ?)";

    private static final String DELETE =
            "DELETE FROM countersign.item USING unnest(?::bytea[], ?::bytea[]) AS gone (partition, sort)"
                    + " WHERE item.place = sha256(gone.partition) AND item.sort = gone.sort";

    /**
     * Inserts rows whose keys are free. It waits for a transaction that inserts one of them.
     *
     * @return how many there are now of these
     */
    int insert(List<Write.Put> puts) throws SQLException {
        return put(UNLESS_THERE, puts);
    }

    /** Inserts or replaces rows. */
    int replace(List<Write.Put> puts) throws SQLException {
        return put(OR_REPLACE, puts);
    }

    private int put(String sql, List<Write.Put> puts) throws SQLException {
        if (puts.isEmpty()) {
            return 0;
        }
        List<ItemKey> keys = puts.stream().map(Write.Put::key).toList();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Bytes.partitions(connection, keys));
            statement.setArray(2, Bytes.sorts(connection, keys));
            statement.setArray(3, numbers(puts.stream().map(put -> version).toArray()));
            statement.setArray(4, numbers(puts.stream().map(Statements::expires).toArray()));
            statement.setArray(5, Bytes.array(connection, puts, Write.Put::payload));
            statement.setArray(6, numbers(puts.stream().map(this::checksum).toArray()));
            return statement.executeUpdate();
        }
    }

    /** Replaces one row that has this version and has not expired. */
    boolean replace(Write.Put put, long expected, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REPLACE_VERSION)) {
            statement.setLong(1, version);
            statement.setObject(2, expires(put), java.sql.Types.BIGINT);
            statement.setBytes(3, Bytes.of(put.payload()));
            statement.setLong(4, checksum(put));
            statement.setBytes(5, Bytes.of(put.key().partition()));
            statement.setBytes(6, Bytes.of(put.key().sort()));
            statement.setLong(7, expected);
            statement.setLong(8, now.toEpochMilli());
            return statement.executeUpdate() == 1;
        }
    }

    void delete(List<ItemKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(1, Bytes.partitions(connection, keys));
            statement.setArray(2, Bytes.sorts(connection, keys));
            statement.executeUpdate();
        }
    }

    private java.sql.Array numbers(@org.jspecify.annotations.Nullable Object[] numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers);
    }

    private static @org.jspecify.annotations.Nullable Object expires(Write.Put put) {
        return put.expiresAt().map(Instant::toEpochMilli).orElse(null);
    }

    private long checksum(Write.Put put) {
        return Item.Checksum.of(put.key(), version, put.payload(), put.expiresAt());
    }
}

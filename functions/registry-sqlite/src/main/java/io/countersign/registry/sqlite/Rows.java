package io.countersign.registry.sqlite;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reading statements. Each is one statement, so that what it returns is of one moment. */
final class Rows {
    private static final String COLUMNS = "item.partition, item.sort, item.version, item.expires, item.payload";
    private static final String LIVE = "(item.expires IS NULL OR item.expires > ?)";

    private Rows() {}

    static Map<ItemKey, Item> get(Connection connection, Set<ItemKey> keys, Instant now) throws SQLException {
        String places = String.join(",", Collections.nCopies(keys.size(), "(?,?)"));
        // CROSS JOIN keeps the keys as the outer loop: one look into the index for each, never a walk over the table.
        String sql = "WITH wanted (partition, sort) AS (VALUES " + places + ") SELECT " + COLUMNS
                + " FROM wanted CROSS JOIN item ON item.partition = wanted.partition AND item.sort = wanted.sort WHERE "
                + LIVE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 0;
            for (ItemKey key : keys) {
                statement.setString(++place, key.partition());
                statement.setString(++place, key.sort());
            }
            statement.setLong(++place, now.toEpochMilli());
            Map<ItemKey, Item> found = new HashMap<>();
            for (Item item : items(statement)) {
                found.put(item.key(), item);
            }
            return found;
        }
    }

    static Page page(Connection connection, String partition, Optional<String> after, int limit, Instant now)
            throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM item WHERE partition = ? AND sort > ? AND " + LIVE
                + " ORDER BY sort LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, partition);
            statement.setString(2, after.orElse(""));
            statement.setLong(3, now.toEpochMilli());
            statement.setInt(4, limit + 1);
            List<Item> items = items(statement);
            return items.size() <= limit
                    ? new Page(items, Optional.empty())
                    : new Page(
                            items.subList(0, limit),
                            Optional.of(items.get(limit - 1).key().sort()));
        }
    }

    private static List<Item> items(PreparedStatement statement) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long expires = row.getLong(4);
                Optional<Instant> expiresAt =
                        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
                items.add(new Item(
                        new ItemKey(row.getString(1), row.getString(2)), row.getLong(3), row.getString(5), expiresAt));
            }
        }
        return items;
    }
}

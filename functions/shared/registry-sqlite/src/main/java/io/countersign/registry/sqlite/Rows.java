package io.countersign.registry.sqlite;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
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

/**
 * The reading statements. Each is a single statement, so that its result is of one moment.
 *
 * @param format of the file: whether its rows have checksums
 */
record Rows(int format) {
    /**
     * The columns after partition and sort key. The key is the one that was looked up, so a row that was moved there
     * does not match its checksum.
     */
    static final String COLUMNS = "item.version, item.expires, item.payload, item.checksum";

    private static final String FORMER = "item.version, item.expires, item.payload, NULL";

    static final Rows CURRENT = new Rows(Schema.VERSION);

    Map<ItemKey, Item> get(Connection connection, Set<ItemKey> keys, Instant now) throws SQLException {
        String places = String.join(",", Collections.nCopies(keys.size(), "(?,?)"));
        // CROSS JOIN makes the keys the outer loop: one index lookup for each, never a scan of the table.
        String sql = "WITH wanted (partition, sort) AS (VALUES " + places
                + ") SELECT wanted.partition, wanted.sort, " + columns()
                + " FROM wanted CROSS JOIN item ON item.partition = wanted.partition AND item.sort = wanted.sort";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 0;
            for (ItemKey key : keys) {
                statement.setString(++place, key.partition());
                statement.setString(++place, key.sort());
            }
            Map<ItemKey, Item> found = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Item item = item(row);
                    if (!item.expired(now)) {
                        found.put(item.key(), item);
                    }
                }
            }
            return found;
        }
    }

    /** The expiry is checked after the checksum: a damaged row does not count as expired. */
    RegistryStore.Page page(Connection connection, String partition, Optional<String> after, int limit, Instant now)
            throws SQLException {
        String sql = "SELECT item.partition, item.sort, " + columns()
                + " FROM item WHERE partition = ? AND sort > ? ORDER BY sort";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, partition);
            statement.setString(2, after.orElse(""));
            List<Item> page = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Item item = item(row);
                    if (item.expired(now)) {
                        continue;
                    }
                    if (page.size() == limit) {
                        return new RegistryStore.Page(
                                page, Optional.of(page.getLast().key().sort()));
                    }
                    page.add(item);
                }
            }
            return new RegistryStore.Page(page, Optional.empty());
        }
    }

    /** A part of all rows, in the order of their keys. Expired rows count in it. */
    ScannableStore.Part scan(Connection connection, Optional<ItemKey> after, int limit, Instant now)
            throws SQLException {
        String sql = "SELECT item.partition, item.sort, " + columns()
                + " FROM item WHERE (partition, sort) > (?, ?) ORDER BY partition, sort LIMIT " + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, after.map(ItemKey::partition).orElse(""));
            statement.setString(2, after.map(ItemKey::sort).orElse(""));
            List<Item> items = new ArrayList<>();
            Optional<ItemKey> last = Optional.empty();
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Item item = item(row);
                    last = Optional.of(item.key());
                    rows++;
                    if (!item.expired(now)) {
                        items.add(item);
                    }
                }
            }
            return new ScannableStore.Part(items, rows < limit ? Optional.empty() : last);
        }
    }

    /** The row's columns are a partition, a sort key, and {@link #COLUMNS}. */
    Item item(ResultSet row) throws SQLException {
        ItemKey key = key(row.getString(1), row.getString(2));
        long version = row.getLong(3);
        long expires = row.getLong(4);
        Optional<Instant> expiresAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
        Optional<String> payload = Optional.ofNullable(row.getString(5));
        long checksum = row.getLong(6);
        if (format < Schema.VERSION && payload.isPresent()) {
            return Item.withoutChecksum(key, version, payload.get(), expiresAt);
        }
        return payload.map(text -> Item.of(key, version, text, expiresAt, checksum))
                .orElseGet(() -> Item.damaged(key, version));
    }

    private String columns() {
        return format < Schema.VERSION ? FORMER : COLUMNS;
    }

    private static ItemKey key(String partition, String sort) throws SQLException {
        try {
            return new ItemKey(String.valueOf(partition), String.valueOf(sort));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row has a key that no item can have", e);
        }
    }
}

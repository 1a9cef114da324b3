package io.countersign.registry.postgresql;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reading statements. Each is a single statement, so that its result is of one moment. */
final class Rows {
    /** The columns after those that say which key was asked for. */
    private static final String COLUMNS = "item.version, item.expires, item.payload, item.checksum";

    /** The rows at keys, with the number of the key: two arrays, so that the statement is the same for any number. */
    private static final String AT = "SELECT wanted.number, " + COLUMNS
            + " FROM unnest(?::bytea[], ?::bytea[]) WITH ORDINALITY AS wanted (partition, sort, number)"
            + " JOIN countersign.item ON item.place = sha256(wanted.partition) AND item.sort = wanted.sort";

    /** In one order, so that two transactions do not wait for each other. */
    private static final String LOCKED = AT + " ORDER BY item.place, item.sort FOR UPDATE OF item";

    private static final String PAGE = "SELECT item.sort, " + COLUMNS
            + " FROM countersign.item WHERE place = sha256(?) AND sort > ? ORDER BY sort LIMIT ?";

    private static final String ALL =
            "SELECT item.partition, item.sort, " + COLUMNS + " FROM countersign.item ORDER BY place, item.sort LIMIT ?";

    private static final String REST = "SELECT item.partition, item.sort, " + COLUMNS
            + " FROM countersign.item WHERE (place, item.sort) > (sha256(?), ?) ORDER BY place, item.sort LIMIT ?";

    /** The rows that a statement reads beyond the missing ones, because some will have expired. */
    private static final int AHEAD = 32;

    /** The most statements of a page, after which it is returned as it is. */
    private static final int FILLING = 20;

    private Rows() {}

    static Map<ItemKey, Item> get(Connection connection, Set<ItemKey> keys, Instant now) throws SQLException {
        Map<ItemKey, Item> found = at(connection, AT, List.copyOf(keys));
        found.values().removeIf(item -> item.expired(now));
        return found;
    }

    /** The rows as the last transaction left them, expired ones too. Until this transaction ends, they stay so. */
    static Map<ItemKey, Item> locked(Connection connection, List<ItemKey> keys) throws SQLException {
        return at(connection, LOCKED, keys);
    }

    private static Map<ItemKey, Item> at(Connection connection, String sql, List<ItemKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Bytes.partitions(connection, keys));
            statement.setArray(2, Bytes.sorts(connection, keys));
            Map<ItemKey, Item> found = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ItemKey key = keys.get(row.getInt(1) - 1);
                    found.put(key, item(key, row, 2));
                }
            }
            return found;
        }
    }

    /** A page is filled as long as that needs a few statements. A damaged row does not count as expired. */
    static RegistryStore.Page page(
            Connection connection, String partition, Optional<String> after, int limit, Instant now)
            throws SQLException {
        Filling page = new Filling(partition, limit, now, new ArrayList<>());
        Optional<String> from = after;
        for (int statement = 0; statement < FILLING; statement++) {
            Filling.Part part = page.fill(connection, from.orElse(""));
            from = part.last();
            if (part.isLast() || page.items().size() == limit) {
                break;
            }
        }
        return new RegistryStore.Page(page.items(), from);
    }

    /** The page of a partition that is being read. */
    private record Filling(String partition, int limit, Instant now, List<Item> items) {
        /** @param last the sort key that the next part begins after; empty at the end of the partition */
        private record Part(Optional<String> last) {
            boolean isLast() {
                return last.isEmpty();
            }
        }

        Part fill(Connection connection, String after) throws SQLException {
            int rows = limit - items.size() + AHEAD;
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setBytes(1, Bytes.of(partition));
                statement.setBytes(2, Bytes.of(after));
                statement.setInt(3, rows);
                String last = after;
                int read = 0;
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        if (items.size() == limit) {
                            return new Part(Optional.of(last));
                        }
                        read++;
                        ItemKey key = key(Bytes.of(partition), row.getBytes(1));
                        last = key.sort();
                        Item item = item(key, row, 2);
                        if (!item.expired(now)) {
                            items.add(item);
                        }
                    }
                }
                return new Part(read < rows ? Optional.empty() : Optional.of(last));
            }
        }
    }

    /** A part of all rows. Expired rows count in it. */
    static ScannableStore.Part scan(Connection connection, Optional<ItemKey> after, int limit, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(after.isPresent() ? REST : ALL)) {
            int place = 0;
            if (after.isPresent()) {
                statement.setBytes(++place, Bytes.of(after.get().partition()));
                statement.setBytes(++place, Bytes.of(after.get().sort()));
            }
            statement.setInt(++place, limit);
            List<Item> items = new ArrayList<>();
            Optional<ItemKey> last = Optional.empty();
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Item item = item(key(row.getBytes(1), row.getBytes(2)), row, 3);
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

    /**
     * @param key the one that was looked up, so that a row that was moved there does not match its checksum
     * @param first the place of the first of {@link #COLUMNS}
     */
    static Item item(ItemKey key, ResultSet row, int first) throws SQLException {
        long version = row.getLong(first);
        long expires = row.getLong(first + 1);
        Optional<Instant> expiresAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
        Optional<String> payload = Bytes.text(row.getBytes(first + 2));
        long checksum = row.getLong(first + 3);
        return payload.map(text -> Item.of(key, version, text, expiresAt, checksum))
                .orElseGet(() -> Item.damaged(key, version));
    }

    static ItemKey key(byte[] partition, byte[] sort) throws SQLException {
        try {
            return new ItemKey(
                    Bytes.text(partition).orElse(""), Bytes.text(sort).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row has a key that no item can have", "XX001", e);
        }
    }
}

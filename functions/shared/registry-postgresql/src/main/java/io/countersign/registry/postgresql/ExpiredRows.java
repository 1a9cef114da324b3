package io.countersign.registry.postgresql;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes expired rows a day after their expiry, about as late as a managed table does. A damaged row is kept: its
 * expiry may be the damaged part.
 */
final class ExpiredRows {
    private static final Duration GRACE = Duration.ofDays(1);

    private static final int LOOKED_AT = 1_000;

    private static final String EXPIRED = "SELECT partition, sort, version, expires, payload, checksum"
            + " FROM countersign.item WHERE expires < ? ORDER BY expires LIMIT " + LOOKED_AT;

    /** A row that was written meanwhile has another version. A row that another process removes is passed over. */
    private static final String REMOVE = "DELETE FROM countersign.item WHERE (place, sort) IN ("
            + "SELECT item.place, item.sort FROM countersign.item"
            + " JOIN unnest(?::bytea[], ?::bytea[], ?::bigint[]) AS gone (partition, sort, version)"
            + " ON item.place = sha256(gone.partition) AND item.sort = gone.sort AND item.version = gone.version"
            + " FOR UPDATE OF item SKIP LOCKED)";

    private ExpiredRows() {}

    /** Looks at 1,000 rows at most. */
    static int clear(Connection connection, Instant now) throws SQLException {
        List<Item> expired = new ArrayList<>();
        try (PreparedStatement look = connection.prepareStatement(EXPIRED)) {
            look.setLong(1, now.minus(GRACE).toEpochMilli());
            try (ResultSet row = look.executeQuery()) {
                while (row.next()) {
                    Item item = Rows.item(Rows.key(row.getBytes(1), row.getBytes(2)), row, 3);
                    if (item.expired(now)) {
                        expired.add(item);
                    }
                }
            }
        }
        if (expired.isEmpty()) {
            return 0;
        }
        List<ItemKey> keys = expired.stream().map(Item::key).toList();
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setArray(1, Bytes.partitions(connection, keys));
            remove.setArray(2, Bytes.sorts(connection, keys));
            remove.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", expired.stream().map(Item::version).toArray()));
            return remove.executeUpdate();
        }
    }
}

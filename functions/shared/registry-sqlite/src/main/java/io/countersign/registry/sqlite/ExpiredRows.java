package io.countersign.registry.sqlite;

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

/** Expired rows stay a day, as they do in a managed table, and are cleared away a few with each write. A damaged row stays: its expiry may be what was damaged. */
final class ExpiredRows {
    private static final Duration GRACE = Duration.ofDays(1);

    private static final int CLEARED_AT_ONCE = 50;

    /** Damaged rows are passed by, so that some of them hold up none of the others. */
    private static final int LOOKED_AT = 500;

    private ExpiredRows() {}

    static void clear(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?")) {
            for (ItemKey key : gone(connection, now)) {
                delete.setString(1, key.partition());
                delete.setString(2, key.sort());
                delete.executeUpdate();
            }
        }
    }

    private static List<ItemKey> gone(Connection connection, Instant now) throws SQLException {
        List<ItemKey> gone = new ArrayList<>();
        try (PreparedStatement look = connection.prepareStatement("SELECT item.partition, item.sort, " + Rows.COLUMNS
                + " FROM item WHERE expires < ? ORDER BY expires LIMIT " + LOOKED_AT)) {
            look.setLong(1, now.minus(GRACE).toEpochMilli());
            try (ResultSet row = look.executeQuery()) {
                while (gone.size() < CLEARED_AT_ONCE && row.next()) {
                    Item item = Rows.CURRENT.item(row);
                    if (item.expired(now)) {
                        gone.add(item.key());
                    }
                }
            }
        }
        return gone;
    }
}

package io.countersign.registry.sqlite;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The writing statements, inside a transaction that holds the write lock from its first statement on. */
final class Changes {
    static final String PUT = "INSERT OR REPLACE INTO item (partition, sort, version, expires, payload, checksum)"
            + " VALUES (?, ?, ?, ?, ?, ?)";

    private Changes() {}

    /**
     * @throws StoreUnavailable.UnreadableRecord when a condition depends on a damaged record, which might be a used
     *     nonce
     */
    static RegistryStore.WriteResult make(Connection connection, Transaction transaction, Instant now)
            throws SQLException, StoreUnavailable.UnreadableRecord {
        long version = nextVersion(connection);
        List<ItemKey> failed = failed(connection, transaction, now);
        if (!failed.isEmpty()) {
            return new RegistryStore.WriteResult.Conflict(failed);
        }
        try (PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?")) {
            for (Write write : transaction.writes()) {
                switch (write) {
                    case Write.Put one -> put(put, one.key(), version, one.payload(), one.expiresAt());
                    case Write.Delete one -> delete(delete, one.key());
                    case Write.Check check -> {}
                }
            }
        }
        ExpiredRows.clear(connection, now);
        return new RegistryStore.WriteResult.Committed();
    }

    private static List<ItemKey> failed(Connection connection, Transaction transaction, Instant now)
            throws SQLException, StoreUnavailable.UnreadableRecord {
        List<ItemKey> failed = new ArrayList<>();
        try (PreparedStatement look = connection.prepareStatement(
                "SELECT ?1, ?2, " + Rows.COLUMNS + " FROM item WHERE partition = ?1 AND sort = ?2")) {
            for (Write write : transaction.writes()) {
                if (!holds(look, write, now)) {
                    failed.add(write.key());
                }
            }
        }
        return failed;
    }

    /**
     * All writes of a transaction have one version, because their keys differ. A refused transaction is rolled back
     * and uses no version.
     */
    private static long nextVersion(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "UPDATE counter SET value = value + 1 WHERE name = 'version' RETURNING value");
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the counter of versions is missing");
            }
            return row.getLong(1);
        }
    }

    private static boolean holds(PreparedStatement look, Write write, Instant now)
            throws SQLException, StoreUnavailable.UnreadableRecord {
        return switch (write.condition()) {
            case Condition.Anything anything -> true;
            case Condition.Absent absent -> current(look, write.key()).isEmpty();
            case Condition.AbsentOrExpired absent ->
                live(look, write.key(), now).isEmpty();
            case Condition.VersionEquals equals ->
                live(look, write.key(), now)
                        .filter(item -> item.version() == equals.version())
                        .isPresent();
        };
    }

    private static Optional<Item> live(PreparedStatement look, ItemKey key, Instant now)
            throws SQLException, StoreUnavailable.UnreadableRecord {
        Optional<Item> item = current(look, key);
        if (item.isPresent() && item.get().intact().isEmpty()) {
            throw StoreUnavailable.UnreadableRecord.damaged(key);
        }
        return item.filter(found -> !found.expired(now));
    }

    private static Optional<Item> current(PreparedStatement look, ItemKey key) throws SQLException {
        look.setString(1, key.partition());
        look.setString(2, key.sort());
        try (ResultSet row = look.executeQuery()) {
            return row.next() ? Optional.of(Rows.CURRENT.item(row)) : Optional.empty();
        }
    }

    /** @param statement of {@link #PUT} */
    static void put(PreparedStatement statement, ItemKey key, long version, String payload, Optional<Instant> expiresAt)
            throws SQLException {
        statement.setString(1, key.partition());
        statement.setString(2, key.sort());
        statement.setLong(3, version);
        if (expiresAt.isPresent()) {
            statement.setLong(4, expiresAt.get().toEpochMilli());
        } else {
            statement.setNull(4, Types.INTEGER);
        }
        statement.setString(5, payload);
        statement.setLong(6, Item.Checksum.of(key, version, payload, expiresAt));
        statement.executeUpdate();
    }

    private static void delete(PreparedStatement statement, ItemKey key) throws SQLException {
        statement.setString(1, key.partition());
        statement.setString(2, key.sort());
        statement.executeUpdate();
    }

    /**
     * Removes expired rows a day after their expiry, about as late as a managed table does, a few with each write. A
     * damaged row is kept: its expiry may be the damaged part.
     */
    static final class ExpiredRows {
        private static final Duration GRACE = Duration.ofDays(1);

        private static final int CLEARED_AT_ONCE = 50;

        /** More rows are examined than are removed, so that damaged rows cannot block the others. */
        private static final int LOOKED_AT = 500;

        private ExpiredRows() {}

        static void clear(Connection connection, Instant now) throws SQLException {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?")) {
                for (ItemKey key : expired(connection, now)) {
                    delete.setString(1, key.partition());
                    delete.setString(2, key.sort());
                    delete.executeUpdate();
                }
            }
        }

        private static List<ItemKey> expired(Connection connection, Instant now) throws SQLException {
            List<ItemKey> expired = new ArrayList<>();
            try (PreparedStatement look = connection.prepareStatement("SELECT item.partition, item.sort, "
                    + Rows.COLUMNS + " FROM item WHERE expires < ? ORDER BY expires LIMIT " + LOOKED_AT)) {
                look.setLong(1, now.minus(GRACE).toEpochMilli());
                try (ResultSet row = look.executeQuery()) {
                    while (expired.size() < CLEARED_AT_ONCE && row.next()) {
                        Item item = Rows.CURRENT.item(row);
                        if (item.expired(now)) {
                            expired.add(item.key());
                        }
                    }
                }
            }
            return expired;
        }
    }
}

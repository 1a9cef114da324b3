package io.countersign.registry.sqlite;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The writing statements, inside a transaction that holds the write lock from its first statement on. */
final class Changes {
    /** Expired items stay a day, as they do in a managed table, and are cleared away a few with each write. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final int CLEARED_AT_ONCE = 50;

    private Changes() {}

    static WriteResult make(Connection connection, Transaction transaction, Instant now) throws SQLException {
        long version = nextVersion(connection);
        List<ItemKey> failed = new ArrayList<>();
        for (Write write : transaction.writes()) {
            if (!holds(connection, write, now)) {
                failed.add(write.key());
            }
        }
        if (!failed.isEmpty()) {
            return new WriteResult.Conflict(failed);
        }
        for (Write write : transaction.writes()) {
            switch (write) {
                case Write.Put put -> put(connection, put, version);
                case Write.Delete delete -> delete(connection, delete.key());
                case Write.Check check -> {}
            }
        }
        clear(connection, now);
        return new WriteResult.Committed();
    }

    /** One version for all writes of a transaction: their keys differ. A refused transaction uses up none: it is rolled back. */
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

    private static boolean holds(Connection connection, Write write, Instant now) throws SQLException {
        if (write.condition() instanceof Condition.Anything) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT version, expires IS NOT NULL AND expires <= ? FROM item WHERE partition = ? AND sort = ?")) {
            statement.setLong(1, now.toEpochMilli());
            statement.setString(2, write.key().partition());
            statement.setString(3, write.key().sort());
            try (ResultSet row = statement.executeQuery()) {
                boolean present = row.next();
                boolean live = present && !row.getBoolean(2);
                return switch (write.condition()) {
                    case Condition.Anything anything -> true;
                    case Condition.Absent absent -> !present;
                    case Condition.AbsentOrExpired absent -> !live;
                    case Condition.VersionEquals equals -> live && row.getLong(1) == equals.version();
                };
            }
        }
    }

    private static void put(Connection connection, Write.Put put, long version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT OR REPLACE INTO item"
                + " (partition, sort, version, expires, payload) VALUES (?, ?, ?, ?, ?)")) {
            statement.setString(1, put.key().partition());
            statement.setString(2, put.key().sort());
            statement.setLong(3, version);
            if (put.expiresAt().isPresent()) {
                statement.setLong(4, put.expiresAt().get().toEpochMilli());
            } else {
                statement.setNull(4, Types.INTEGER);
            }
            statement.setString(5, put.payload());
            statement.executeUpdate();
        }
    }

    private static void delete(Connection connection, ItemKey key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?")) {
            statement.setString(1, key.partition());
            statement.setString(2, key.sort());
            statement.executeUpdate();
        }
    }

    private static void clear(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM item WHERE rowid IN"
                + " (SELECT rowid FROM item WHERE expires < ? ORDER BY expires LIMIT " + CLEARED_AT_ONCE + ")")) {
            statement.setLong(1, now.minus(GRACE).toEpochMilli());
            statement.executeUpdate();
        }
    }
}

package io.countersign.registry.postgresql;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A registry in a database of its own, and what a broken disk or an operator does to it. */
record TestRegistry(String url) {
    /** The machine that tests may be busy. */
    static final Duration BUDGET = Duration.ofSeconds(30);

    static TestRegistry make() throws Exception {
        return new TestRegistry(PostgresServer.running().newDatabase());
    }

    /** As another process opens it: two processes with one source of versions would take each other's writes for their own. */
    PostgresStore openInOtherProcess() throws StoreUnavailable {
        return PostgresStore.open(
                location(BUDGET),
                Seeds.secure("process " + ProcessHandle.current().pid()));
    }

    PostgresStore open() throws StoreUnavailable {
        return open(BUDGET);
    }

    PostgresStore open(Duration budget) throws StoreUnavailable {
        return PostgresStore.open(location(budget), Seeds.secure());
    }

    PostgresLocation location(Duration budget) {
        return new PostgresLocation(ServerUrl.of(url), "postgres", Optional.empty(), budget);
    }

    /** Sets columns of one row. */
    void update(ItemKey key, String set, Object... values) throws SQLException {
        try (Connection connection = PostgresServer.connect(url);
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE countersign.item SET " + set + " WHERE partition = ? AND sort = ?")) {
            int place = 0;
            for (Object value : values) {
                statement.setObject(++place, value);
            }
            statement.setBytes(++place, Bytes.of(key.partition()));
            statement.setBytes(++place, Bytes.of(key.sort()));
            if (statement.executeUpdate() != 1) {
                throw new SQLException("there is no such row");
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(url)) {
            PostgresServer.execute(connection, sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}

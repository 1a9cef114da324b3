package io.countersign.registry.postgresql;

import io.countersign.registry.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, in a schema of their own. All texts are bytes of UTF-8: their order and equality depend neither on the
 * database's encoding nor on a collation, which may change with the operating system.
 */
final class Schema {
    static final int FORMAT = 1;

    /** "CSRG": one process at a time makes or converts the tables. */
    private static final long LOCK = 0x43535247L;

    /**
     * The statements that lead from one format to the next; the first of them make the tables. {@code place} stands
     * for the partition in the key, because an index entry has at most 2,704 bytes and a partition's name 2,048.
     */
    static final List<List<String>> STEPS = List.of(List.of(
            "CREATE SCHEMA IF NOT EXISTS countersign",
            """
            CREATE TABLE countersign.item (
                partition bytea NOT NULL,
                place bytea NOT NULL GENERATED ALWAYS AS (sha256(partition)) STORED,
                sort bytea NOT NULL,
                version bigint NOT NULL,
                expires bigint,
                payload bytea NOT NULL,
                checksum bigint NOT NULL,
                PRIMARY KEY (place, sort)
            )""",
            "CREATE INDEX item_expires ON countersign.item (expires) WHERE expires IS NOT NULL",
            """
            CREATE TABLE countersign.registry (
                format integer NOT NULL,
                id uuid NOT NULL
            )""",
            "INSERT INTO countersign.registry (format, id) VALUES (1, gen_random_uuid())"));

    private Schema() {}

    /**
     * Makes the tables, or converts those of an earlier format, in one transaction: a process that is killed meanwhile
     * leaves the former state. Of several processes that start on one database, the first to get the lock does it.
     *
     * @throws StoreUnavailable when the tables are of a newer format, or the server does not keep what it acknowledges
     */
    static RegistryMark prepare(Connection connection, PostgresLocation location)
            throws SQLException, StoreUnavailable {
        requireDurable(connection, location);
        connection.setAutoCommit(false);
        try {
            if (format(connection, location) < FORMAT) {
                execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
                for (List<String> step : STEPS.subList(format(connection, location), FORMAT)) {
                    for (String sql : step) {
                        execute(connection, sql);
                    }
                }
            }
            RegistryMark mark = RegistryMark.read(connection, location);
            connection.commit();
            return mark;
        } catch (SQLException | StoreUnavailable e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The number of steps that were made; 0 when there are no tables. */
    private static int format(Connection connection, PostgresLocation location) throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'countersign' AND tablename = 'registry'")) {
            return row.next() && row.getInt(1) != 0
                    ? RegistryMark.read(connection, location).format()
                    : 0;
        }
    }

    /** A transaction that was acknowledged survives the loss of power, whatever is the default of this server. */
    private static void requireDurable(Connection connection, PostgresLocation location)
            throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            if (row.next() && row.getString(1).equals("off")) {
                throw new StoreUnavailable(
                        location.name()
                                + " may lose what it acknowledged (synchronous_commit is off); turn it on for this user or database");
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

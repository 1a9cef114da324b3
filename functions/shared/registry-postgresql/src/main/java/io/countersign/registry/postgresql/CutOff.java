package io.countersign.registry.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.jdbc.PgConnection;

/** Cuts off the connection of a call whose caller stopped waiting, and never one that another call has by then. */
final class CutOff {
    private Optional<PgConnection> running = Optional.empty();
    private boolean begun;
    private boolean cut;

    /** @throws SQLException when the caller stopped waiting for the connection */
    synchronized void begin(Connection connection) throws SQLException {
        if (cut) {
            throw new SQLException("the caller stopped waiting for a connection");
        }
        begun = true;
        running = Optional.of(connection.unwrap(PgConnection.class));
    }

    synchronized void end() {
        running = Optional.empty();
    }

    synchronized void cut() {
        cut = true;
        if (running.isPresent()) {
            try {
                running.get().abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already, which is the aim.
            }
        }
    }

    /** Whether the call got as far as a connection. */
    synchronized boolean hadConnection() {
        return begun;
    }
}

package io.countersign.registry.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Closing a connection that is given up: there is nobody left who could do anything about a failure. */
final class Quietly {
    private Quietly() {}

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Its file handles go with the process.
        }
    }
}

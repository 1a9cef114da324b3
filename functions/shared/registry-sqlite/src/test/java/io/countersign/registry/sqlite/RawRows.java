package io.countersign.registry.sqlite;

import io.countersign.registry.store.ItemKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a registry's file, without the store: rows are changed as a broken disk would change them. */
record RawRows(Path file) {
    static RawRows in(Path file) {
        return new RawRows(file);
    }

    void set(ItemKey key, String column, Object value) throws SQLException {
        change(key, column + " = ?", value);
    }

    void clear(ItemKey key, String column) throws SQLException {
        change(key, column + " = nullif(?, 0)", 0);
    }

    /** Bytes that may be no UTF-8. */
    void setText(ItemKey key, String column, byte[] bytes) throws SQLException {
        change(key, column + " = CAST(? AS TEXT)", bytes);
    }

    byte[] bytes(ItemKey key, String column) throws SQLException {
        try (Connection connection = connection();
                var look = connection.prepareStatement(
                        "SELECT CAST(" + column + " AS BLOB) FROM item WHERE partition = ? AND sort = ?")) {
            look.setString(1, key.partition());
            look.setString(2, key.sort());
            try (ResultSet row = look.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    long number(ItemKey key, String column) throws SQLException {
        return Long.parseLong(new String(bytes(key, column), StandardCharsets.US_ASCII));
    }

    int count(String condition) throws SQLException {
        try (Connection connection = connection();
                ResultSet row =
                        connection.createStatement().executeQuery("SELECT count(*) FROM item WHERE " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void change(ItemKey key, String change, Object value) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.prepareStatement(
                        "UPDATE item SET " + change + " WHERE partition = ? AND sort = ?")) {
            statement.setObject(1, value);
            statement.setString(2, key.partition());
            statement.setString(3, key.sort());
            if (statement.executeUpdate() != 1) {
                throw new SQLException("no such row");
            }
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}

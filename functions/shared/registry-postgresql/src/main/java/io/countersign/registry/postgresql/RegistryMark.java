package io.countersign.registry.postgresql;

import io.countersign.registry.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The marks of a registry in its database.
 *
 * @param format of its tables
 * @param id random, made with the tables, so that another registry is recognised
 */
record RegistryMark(int format, String id) {
    /** @throws StoreUnavailable when the format is newer than this program's, or there is no mark */
    static RegistryMark read(Connection connection, PostgresLocation location) throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT format, id FROM countersign.registry")) {
            if (!row.next()) {
                throw new StoreUnavailable(
                        location.name() + " has lost the mark of its registry; restore it from a backup");
            }
            RegistryMark mark = new RegistryMark(row.getInt(1), row.getString(2));
            if (mark.format() > Schema.FORMAT) {
                throw new StoreUnavailable(location.name() + " has a registry of the format " + mark.format()
                        + " and this Countersign knows formats up to " + Schema.FORMAT
                        + "; use the version of Countersign that made it, or a later one");
            }
            return mark;
        }
    }
}

package io.countersign.registry.postgresql;

import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The location of the registry's database.
 *
 * @param passwordFile a file that only this user can read; empty where the server asks for no password
 * @param budget the time limit of one call of the store, with its wait for a connection
 */
public record PostgresLocation(ServerUrl url, String user, Optional<Path> passwordFile, Duration budget) {
    private static final String USER = "[A-Za-z0-9_.@-]{1,63}";

    /** @throws IllegalArgumentException for a user that no role has, and for a server beyond loopback without a password */
    public PostgresLocation {
        if (!user.matches(USER)) {
            throw new IllegalArgumentException("a user has 1 to 63 of A-Z a-z 0-9 _ . @ -");
        }
        if (url.encrypted() && passwordFile.isEmpty()) {
            throw new IllegalArgumentException("a server that is not on this machine's loopback needs a password");
        }
    }

    /**
     * @param budget the time limit of one call of the store
     * @throws PropertyValues.InvalidSettingException when a value is malformed or missing
     */
    public static PostgresLocation from(PropertyValues values, Duration budget)
            throws PropertyValues.InvalidSettingException {
        ServerUrl url = url(values.string(Property.POSTGRESQL_URL));
        Optional<Path> password =
                values.optional(Property.POSTGRESQL_PASSWORD_FILE).map(Path::of);
        if (url.encrypted() && password.isEmpty()) {
            throw new PropertyValues.InvalidSettingException(
                    Property.POSTGRESQL_PASSWORD_FILE.key(),
                    "expected the file of the password, because the server is not on this machine's loopback");
        }
        try {
            return new PostgresLocation(url, values.string(Property.POSTGRESQL_USER), password, budget);
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(
                    Property.POSTGRESQL_USER.key(), String.valueOf(e.getMessage()));
        }
    }

    private static ServerUrl url(String text) throws PropertyValues.InvalidSettingException {
        try {
            return ServerUrl.of(text);
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(
                    Property.POSTGRESQL_URL.key(), String.valueOf(e.getMessage()));
        }
    }

    /** The database in messages. */
    String name() {
        return "the database " + url.name();
    }
}

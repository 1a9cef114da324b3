package io.countersign.registry.postgresql;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The location of the registry's database.
 *
 * @param passwordFile a file that only this user can read; empty where the server asks for no password
 * @param budget the time limit of one call of the store, with its wait for a connection
 */
public record PostgresLocation(ServerUrl url, String user, Optional<Path> passwordFile, Duration budget) {
    /** The address of the database. */
    public static final Setting URL = Setting.optional(
            "countersign.postgresql.url",
            "none",
            "The database: jdbc:postgresql://host:5432/database, with sslmode=verify-full (the default beyond loopback) and sslrootcert=FILE as its only properties. It may name several hosts, separated by commas: the one that accepts writes is used.");

    private static final Setting USER =
            Setting.of("countersign.postgresql.user", "countersign", "The user of the database.");
    private static final Setting PASSWORD_FILE = Setting.optional(
            "countersign.postgresql.password-file",
            "none",
            "A file (mode 0600) with the password of the user, read for each new connection. Required where the server is beyond loopback.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(URL, USER, PASSWORD_FILE);

    private static final String USER_NAME = "[A-Za-z0-9_.@-]{1,63}";

    /** @throws IllegalArgumentException for a user that no role has, and for a server beyond loopback without a password */
    public PostgresLocation {
        if (!user.matches(USER_NAME)) {
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
        ServerUrl url = url(values.string(URL));
        Optional<Path> password = values.optional(PASSWORD_FILE).map(Path::of);
        if (url.encrypted() && password.isEmpty()) {
            throw new PropertyValues.InvalidSettingException(
                    PASSWORD_FILE.name(),
                    "expected the file of the password, because the server is not on this machine's loopback");
        }
        try {
            return new PostgresLocation(url, values.string(USER), password, budget);
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(USER.name(), String.valueOf(e.getMessage()));
        }
    }

    private static ServerUrl url(String text) throws PropertyValues.InvalidSettingException {
        try {
            return ServerUrl.of(text);
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(URL.name(), String.valueOf(e.getMessage()));
        }
    }

    /** The database in messages. */
    String name() {
        return "the database " + url.name();
    }
}

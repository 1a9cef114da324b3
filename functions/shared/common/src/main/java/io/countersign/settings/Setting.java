package io.countersign.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting. Each is declared beside the code that it sets.
 *
 * @param name the system property, such as {@code countersign.cache.ttl}
 * @param defaultValue empty if the setting is optional, or its default depends on something else
 * @param shownDefault the default in help texts, if it is not the value
 * @param description for help texts: one or more sentences
 * @param formerNames names of earlier versions, which still work
 */
public record Setting(
        String name, String defaultValue, Optional<String> shownDefault, String description, List<String> formerNames) {
    /** The beginning of every name. */
    static final String PREFIX = "countersign.";

    /** @throws IllegalArgumentException for a name that the server would not recognize as one of its own */
    public Setting {
        formerNames = List.copyOf(formerNames);
        Stream.concat(Stream.of(name), formerNames.stream()).forEach(Setting::check);
    }

    private static void check(String name) {
        if (!name.startsWith(PREFIX) || !name.matches("[a-z0-9.-]+")) {
            throw new IllegalArgumentException("a setting is named " + PREFIX + " and a-z 0-9 . -, not " + name);
        }
    }

    public static Setting of(String name, String defaultValue, String description) {
        return new Setting(name, defaultValue, Optional.empty(), description, List.of());
    }

    /** A setting without a default value. */
    public static Setting optional(String name, String shownDefault, String description) {
        return new Setting(name, "", Optional.of(shownDefault), description, List.of());
    }

    /** Returns a copy that also has a name of an earlier version. */
    public Setting formerly(String formerName) {
        return new Setting(
                name,
                defaultValue,
                shownDefault,
                description,
                Stream.concat(formerNames.stream(), Stream.of(formerName)).toList());
    }

    /** The default for help texts. */
    public String helpDefault() {
        return shownDefault.orElse(defaultValue);
    }

    /** The environment variable, such as {@code COUNTERSIGN_CACHE_TTL}. */
    public String variable() {
        return variable(name);
    }

    /** The environment variable for one of the names. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}

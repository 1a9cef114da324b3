package io.countersign.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of the settings. A system property overrides the environment. Reads are typed and bounded, and each refuses a setting that has a value by its name and
 * another by a former name.
 */
public final class PropertyValues {
    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;

    private PropertyValues(Map<String, String> systemProperties, Map<String, String> environment) {
        this.systemProperties = systemProperties;
        this.environment = environment;
    }

    /** Keeps the values whose names have the prefix of a setting. */
    public static PropertyValues of(Map<String, String> systemProperties, Map<String, String> environment) {
        return new PropertyValues(
                beginning(Setting.PREFIX, systemProperties), beginning(Setting.variable(Setting.PREFIX), environment));
    }

    private static Map<String, String> beginning(String prefix, Map<String, String> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Refuses system properties that are no setting. Unknown environment variables are ignored, because orchestrators define some with the prefix
     * ({@code COUNTERSIGN_SERVICE_HOST}).
     *
     * @throws InvalidSettingException when a system property with the prefix is not listed
     */
    public void refuseUnknown(List<Setting> settings) throws InvalidSettingException {
        Set<String> known = settings.stream().flatMap(PropertyValues::names).collect(Collectors.toSet());
        for (String name : systemProperties.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidSettingException(name, "there is no such setting; serve --help lists them all");
            }
        }
    }

    /** Variables of the environment that are no setting and are near one. */
    public List<Misspelling> misspellings(List<Setting> settings) {
        return Misspelling.of(environment.keySet(), settings);
    }

    /** Where an empty value stands for one of the settings: system properties and variables, sorted. A read of it refuses it, or takes it as if it were not there. */
    public List<String> empty(List<Setting> settings) {
        Set<String> known = settings.stream()
                .flatMap(PropertyValues::names)
                .flatMap(name -> Stream.of(name, Setting.variable(name)))
                .collect(Collectors.toSet());
        return empty().stream().filter(known::contains).toList();
    }

    /** The same of all names that begin as a setting does. */
    public List<String> empty() {
        return Stream.concat(systemProperties.entrySet().stream(), environment.entrySet().stream())
                .filter(entry -> entry.getValue().isBlank())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Stream<String> names(Setting setting) {
        return Stream.concat(Stream.of(setting.name()), setting.formerNames().stream());
    }

    /** @throws InvalidSettingException when the setting has a value by more than one of its names */
    public Optional<String> optional(Setting setting) throws InvalidSettingException {
        List<String> set =
                names(setting).filter(name -> value(name).isPresent()).toList();
        if (set.size() > 1) {
            throw new InvalidSettingException(
                    setting.name(),
                    "it is set twice, also by its former name " + set.getLast() + "; remove the former name");
        }
        String value = set.isEmpty()
                ? setting.defaultValue()
                : value(set.getFirst()).orElseThrow().strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(systemProperties.get(name))
                .or(() -> Optional.ofNullable(environment.get(Setting.variable(name))));
    }

    private String required(Setting setting) throws InvalidSettingException {
        return optional(setting)
                .orElseThrow(() -> new InvalidSettingException(
                        setting.name(),
                        setting.defaultValue().isEmpty()
                                ? "it is not set; set a value"
                                : "it is empty; set a value or unset it"));
    }

    public String string(Setting setting) throws InvalidSettingException {
        return required(setting);
    }

    /** @throws InvalidSettingException also when the setting has a default and is empty: it would be neither */
    public List<String> list(Setting setting) throws InvalidSettingException {
        List<String> parts = new ArrayList<>();
        Optional<String> all = setting.defaultValue().isEmpty() ? optional(setting) : Optional.of(required(setting));
        for (String part : all.map(value -> value.split(",", -1)).orElse(new String[0])) {
            if (part.isBlank()) {
                throw new InvalidSettingException(setting.name(), "a value between commas is empty; remove it");
            }
            parts.add(part.strip());
        }
        return List.copyOf(parts);
    }

    public Optional<Boolean> flag(Setting setting) throws InvalidSettingException {
        Optional<String> text = optional(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (text.get()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidSettingException(setting.name(), "expected true or false");
                });
    }

    /** @param of throws an {@link IllegalArgumentException} for an address that is not allowed; its message says what is expected */
    public <T> T uri(Setting setting, Function<URI, T> of) throws InvalidSettingException {
        try {
            return of.apply(new URI(required(setting)));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException(setting.name(), "expected a URL, as " + setting.helpDefault());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(setting.name(), String.valueOf(e.getMessage()));
        }
    }

    public int count(Setting setting, int min, int max) throws InvalidSettingException {
        return Math.toIntExact(number(setting, min, max));
    }

    public long number(Setting setting, long min, long max) throws InvalidSettingException {
        String text = required(setting);
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // A text that is not a number is refused below as out of range.
        }
        throw new InvalidSettingException(setting.name(), "expected a whole number from " + min + " to " + max);
    }

    public Duration duration(Setting setting, Duration min, Duration max) throws InvalidSettingException {
        String text = required(setting);
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (DateTimeException e) {
            // A text that is not a duration is refused below as out of range.
        }
        throw new InvalidSettingException(
                setting.name(), "expected an ISO 8601 duration from " + min + " to " + max + ", such as PT5S");
    }

    public Duration wholeSeconds(Setting setting, Duration min, Duration max) throws InvalidSettingException {
        Duration value = duration(setting, min, max);
        if (value.getNano() != 0) {
            throw new InvalidSettingException(setting.name(), "expected whole seconds");
        }
        return value;
    }

    /** A setting is refused. The message names the setting and the expected value; it never repeats the value. */
    public static final class InvalidSettingException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param problem says what is expected */
        public InvalidSettingException(String name, String problem) {
            super(name + ": " + problem);
        }
    }
}

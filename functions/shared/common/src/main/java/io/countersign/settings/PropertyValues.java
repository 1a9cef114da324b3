package io.countersign.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of the settings. A system property overrides the environment. Reads are typed and bounded. */
public final class PropertyValues {
    private static final String PREFIX = "countersign.";

    private final Map<Property, String> values;

    private PropertyValues(Map<Property, String> values) {
        this.values = values;
    }

    /**
     * Reads the settings. Unknown environment variables are ignored even with the prefix, because orchestrators define some ({@code COUNTERSIGN_SERVICE_HOST}).
     *
     * @throws InvalidSettingException when a system property with the prefix is not a {@link Property}, or when a property has a value by its name and another by its
     *     former name
     */
    public static PropertyValues of(Map<String, String> systemProperties, Map<String, String> environment)
            throws InvalidSettingException {
        Map<Property, String> values = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            Optional<String> value = first(
                    Optional.ofNullable(systemProperties.get(property.key())),
                    Optional.ofNullable(environment.get(property.variable())));
            Optional<String> former = first(
                    property.formerKey().map(systemProperties::get),
                    property.formerVariable().map(environment::get));
            if (value.isPresent() && former.isPresent()) {
                throw new InvalidSettingException(
                        property.key(),
                        "it is set twice, also by its former name "
                                + property.formerKey().orElseThrow() + "; remove the former name");
            }
            first(value, former).ifPresent(text -> values.put(property, text.strip()));
        }
        refuseUnknown(systemProperties.keySet());
        return new PropertyValues(values);
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return one.isPresent() ? one : other;
    }

    private static void refuseUnknown(Set<String> names) throws InvalidSettingException {
        Set<String> known = Arrays.stream(Property.values())
                .flatMap(property -> Stream.concat(Stream.of(property.key()), property.formerKey().stream()))
                .collect(Collectors.toSet());
        for (String name : names) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                throw new InvalidSettingException(name, "there is no such setting; serve --help lists them all");
            }
        }
    }

    public Optional<String> optional(Property property) {
        String value = values.getOrDefault(property, property.defaultText());
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private String required(Property property) throws InvalidSettingException {
        return optional(property)
                .orElseThrow(() -> new InvalidSettingException(property.key(), "it is empty; set a value or unset it"));
    }

    public String string(Property property) throws InvalidSettingException {
        return required(property);
    }

    public List<String> list(Property property) throws InvalidSettingException {
        List<String> parts = new ArrayList<>();
        for (String part : optional(property).map(value -> value.split(",", -1)).orElse(new String[0])) {
            if (part.isBlank()) {
                throw new InvalidSettingException(property.key(), "a value between commas is empty; remove it");
            }
            parts.add(part.strip());
        }
        return List.copyOf(parts);
    }

    public Optional<Boolean> flag(Property property) throws InvalidSettingException {
        Optional<String> text = optional(property);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (text.get()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidSettingException(property.key(), "expected true or false");
                });
    }

    /** @param of throws an {@link IllegalArgumentException} for an address that is not allowed; its message says what is expected */
    public <T> T uri(Property property, Function<URI, T> of) throws InvalidSettingException {
        try {
            return of.apply(new URI(required(property)));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException(property.key(), "expected a URL, as " + property.shownDefault());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(property.key(), String.valueOf(e.getMessage()));
        }
    }

    public int count(Property property, int min, int max) throws InvalidSettingException {
        String text = required(property);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // A text that is not a number is refused below as out of range.
        }
        throw new InvalidSettingException(property.key(), "expected a whole number from " + min + " to " + max);
    }

    public Duration duration(Property property, Duration min, Duration max) throws InvalidSettingException {
        String text = required(property);
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (DateTimeException e) {
            // A text that is not a duration is refused below as out of range.
        }
        throw new InvalidSettingException(
                property.key(), "expected an ISO 8601 duration from " + min + " to " + max + ", as PT5S");
    }

    public Duration wholeSeconds(Property property, Duration min, Duration max) throws InvalidSettingException {
        Duration value = duration(property, min, max);
        if (value.getNano() != 0) {
            throw new InvalidSettingException(property.key(), "expected whole seconds");
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

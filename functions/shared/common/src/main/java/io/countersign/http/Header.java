package io.countersign.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One header line.
 *
 * @param name in its original case; comparisons ignore case
 */
public record Header(String name, String value) {
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The values of all lines of that name, in their order. */
    public static List<String> values(List<Header> headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (Header header : headers) {
            if (header.isNamed(name)) {
                values.add(header.value());
            }
        }
        return List.copyOf(values);
    }

    /** The value of the first line of that name. */
    public static Optional<String> first(List<Header> headers, String name) {
        for (Header header : headers) {
            if (header.isNamed(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** The value of the only line of that name; empty when there is none, or several. */
    public static Optional<String> only(List<Header> headers, String name) {
        Optional<String> only = Optional.empty();
        for (Header header : headers) {
            if (header.isNamed(name)) {
                if (only.isPresent()) {
                    return Optional.empty();
                }
                only = Optional.of(header.value());
            }
        }
        return only;
    }

    /** The name without the value, which may contain a token. */
    @Override
    public String toString() {
        return name;
    }
}

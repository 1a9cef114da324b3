package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header lines of a request in the order they came, repeated lines kept. Names are asked for in lower case. */
public record Headers(List<HeaderField> fields) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** The value of the first line of that name. */
    public Optional<String> first(String name) {
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** Whether there are several lines of that name. */
    boolean isRepeated(String name) {
        int count = 0;
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                count++;
            }
        }
        return count > 1;
    }

    /** The values of all lines of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }

    /** These headers and one more line at the end. */
    public Headers and(String name, String value) {
        List<HeaderField> more = new ArrayList<>(fields.size() + 1);
        more.addAll(fields);
        more.add(new HeaderField(name, value));
        return new Headers(more);
    }

    /** These headers without the lines of that name. */
    public Headers without(String name) {
        return new Headers(
                fields.stream().filter(field -> !field.name().equals(name)).toList());
    }

    /**
     * One header line.
     *
     * @param name in lower case
     * @param value as it was sent, white space at its ends included
     */
    public record HeaderField(String name, String value) {
        public HeaderField {
            name = AsciiCase.lower(name);
        }
    }
}

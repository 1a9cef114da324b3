package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The header lines of a request in their order, with repeated lines. Look names up in lower case. */
public record Headers(List<HeaderField> fields) {
    public static final Headers NONE = new Headers(List.of());

    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public Headers {
        fields = List.copyOf(fields);
    }

    /**
     * Whether a header is of one connection and its framing, so that it says nothing about the request (RFC 9110 7.6.1, 8.6,
     * 10.1.1).
     *
     * @param name in lower case
     */
    public static boolean isOfConnection(String name) {
        return OF_A_CONNECTION.contains(name);
    }

    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    /** Returns the value of the first line of that name. */
    public Optional<String> first(String name) {
        int line = indexOf(name, 0);
        return line < 0 ? Optional.empty() : Optional.of(fields.get(line).value());
    }

    /** Whether there are several lines of that name. */
    public boolean isRepeated(String name) {
        int first = indexOf(name, 0);
        return first >= 0 && indexOf(name, first + 1) >= 0;
    }

    /** Each request is asked for a dozen names, most of which it does not have: an index costs no iterator for each. */
    private int indexOf(String name, int from) {
        for (int line = from; line < fields.size(); line++) {
            if (fields.get(line).name().equals(name)) {
                return line;
            }
        }
        return -1;
    }

    /** Returns the values of all lines of that name, in order. */
    public List<String> all(String name) {
        int first = indexOf(name, 0);
        if (first < 0) {
            return List.of();
        }
        if (indexOf(name, first + 1) < 0) {
            return List.of(fields.get(first).value());
        }
        List<String> values = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }

    /** Returns these headers with one more line at the end. */
    public Headers and(String name, String value) {
        if (fields.isEmpty()) {
            return new Headers(List.of(new HeaderField(name, value)));
        }
        List<HeaderField> more = new ArrayList<>(fields.size() + 1);
        more.addAll(fields);
        more.add(new HeaderField(name, value));
        return new Headers(more);
    }

    /** Returns these headers without the lines of that name. */
    public Headers without(String name) {
        return new Headers(
                fields.stream().filter(field -> !field.name().equals(name)).toList());
    }

    /**
     * A header line.
     *
     * @param name in lower case
     * @param value as it was sent, including surrounding white space
     */
    public record HeaderField(String name, String value) {
        public HeaderField {
            name = AsciiCase.lower(name);
        }
    }
}

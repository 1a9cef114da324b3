package io.countersign.signing.base;

import io.countersign.oss.Headers;
import io.countersign.oss.OuterSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The signed headers of a request: sorted by name, with trimmed values; duplicates are joined by a comma in their order (docs/protocol.md 1.1). */
public final class HeaderLines {
    /** A header name and its joined value. */
    private record Line(String name, String value) {}

    private static final Comparator<Line> BY_NAME = Comparator.comparing(Line::name);

    private final List<Line> lines;

    private HeaderLines(List<Line> lines) {
        this.lines = lines;
    }

    /** @param signed whether a header is signed, by its name in lower case */
    public static HeaderLines of(Headers headers, Predicate<String> signed) {
        List<Line> lines = List.of();
        for (int i = 0; i < headers.fields().size(); i++) {
            Headers.HeaderField field = headers.fields().get(i);
            if (signed.test(field.name())) {
                // Most URLs have no signed header.
                if (lines.isEmpty()) {
                    lines = new ArrayList<>();
                }
                lines.add(new Line(field.name(), trim(field.value())));
            }
        }
        if (lines.size() < 2) {
            return new HeaderLines(lines);
        }
        lines.sort(BY_NAME);
        return new HeaderLines(joined(lines));
    }

    private static List<Line> joined(List<Line> sorted) {
        List<Line> lines = new ArrayList<>(sorted.size());
        int from = 0;
        while (from < sorted.size()) {
            String name = sorted.get(from).name();
            int to = from + 1;
            while (to < sorted.size() && sorted.get(to).name().equals(name)) {
                to++;
            }
            lines.add(to == from + 1 ? sorted.get(from) : new Line(name, join(sorted.subList(from, to))));
            from = to;
        }
        return lines;
    }

    private static String join(List<Line> same) {
        StringBuilder value = new StringBuilder();
        for (Line line : same) {
            if (line != same.getFirst()) {
                value.append(',');
            }
            value.append(line.value());
        }
        return value.toString();
    }

    public boolean has(String name) {
        for (Line line : lines) {
            if (line.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a header has an empty value. Some signers omit such a header, others write {@code name:} (docs/protocol.md 1.1). */
    public boolean hasEmpty() {
        for (Line line : lines) {
            if (line.value().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a header is a security token. */
    public boolean hasToken() {
        for (Line line : lines) {
            if (RedactingSink.PRINTABLE.hides(line.name())) {
                return true;
            }
        }
        return false;
    }

    public HeaderLines withoutEmpty() {
        return new HeaderLines(
                lines.stream().filter(line -> !line.value().isEmpty()).toList());
    }

    /** Appends {@code name:value\n} for each header. */
    public void appendTo(StringBuilder text, RedactingSink sink) {
        for (Line line : lines) {
            text.append(line.name()).append(':').append(sink.of(line.name(), line.value()));
            text.append('\n');
        }
    }

    /** Removes spaces and tabs at both ends, the white space of HTTP around a value. */
    public static String trim(String value) {
        return OuterSpace.trim(value);
    }
}

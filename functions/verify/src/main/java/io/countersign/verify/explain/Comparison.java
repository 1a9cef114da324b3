package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Two forms of one request side by side, line by line. Security tokens in it are replaced.
 *
 * @param form {@link #STRING_TO_SIGN} or {@link #CANONICAL_REQUEST}
 * @param beside whose form stands on the other side
 * @param lines lines that belong together stand in one row
 * @param firstDifference the index of the first row whose sides differ; empty when the forms are the same
 */
public record Comparison(String form, Beside beside, List<Row> lines, OptionalInt firstDifference) {
    /** Whose form stands on the other side. */
    public enum Beside {
        CLIENT,
        /** Of the server that refused the request, as its error tells it. */
        ANSWER;

        /** As an answer writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final String STRING_TO_SIGN = "stringToSign";
    public static final String CANONICAL_REQUEST = "canonicalRequest";

    /** Lines of one form at most: more than any request gives that is taken here. */
    static final int MAX_LINES = 512;

    /**
     * One row.
     *
     * @param name what the line is, for people: {@code Content-Type}
     * @param request as the request gives it; absent when only the other form has such a line
     * @param other as the other form has it
     */
    public record Row(String name, Optional<String> request, Optional<String> other) {
        public boolean differs() {
            return !request.equals(other);
        }
    }

    public Comparison {
        lines = List.copyOf(lines);
    }

    /** Compares a form of the request with the client's, whose security tokens are replaced first. */
    public static Comparison of(String form, String request, String client) {
        List<String> ours = Texts.lines(request);
        List<String> theirs = Texts.lines(ShownText.of(client));
        List<Row> rows = new ArrayList<>();
        for (Alignment.Pair pair : Alignment.of(cut(ours), cut(theirs))) {
            rows.add(new Row(
                    LineNames.of(form, ours, theirs, pair), line(ours, pair.left()), line(theirs, pair.right())));
        }
        return new Comparison(form, Beside.CLIENT, rows, first(rows));
    }

    /** The same with another word for the other side. */
    public Comparison with(Beside other) {
        return new Comparison(form, other, lines, firstDifference);
    }

    private static List<String> cut(List<String> lines) {
        return lines.subList(0, Math.min(lines.size(), MAX_LINES));
    }

    private static Optional<String> line(List<String> lines, OptionalInt index) {
        return index.isPresent() ? Optional.of(lines.get(index.getAsInt())) : Optional.empty();
    }

    private static OptionalInt first(List<Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).differs()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}

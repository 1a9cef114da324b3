package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares two forms of one request line by line. Security tokens in the forms are replaced.
 *
 * @param form {@link #STRING_TO_SIGN} or {@link #CANONICAL_REQUEST}
 * @param beside the source of the other form
 * @param lines the rows; lines that correspond share a row
 * @param firstDifference the index of the first row whose sides differ; empty when the forms are the same
 */
public record Comparison(String form, Beside beside, List<Row> lines, OptionalInt firstDifference) {
    /** The source of the other form. */
    public enum Beside {
        CLIENT,
        /** The server that refused the request, in its error. */
        ANSWER;

        /** The value in an answer. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final String STRING_TO_SIGN = "stringToSign";
    public static final String CANONICAL_REQUEST = "canonicalRequest";

    /** The most lines of one form: more than any accepted request produces. */
    static final int MAX_LINES = 512;

    /**
     * One row.
     *
     * @param name the meaning of the line, for messages: {@code Content-Type}
     * @param request the line of the request's form; absent when only the other form has such a line
     * @param other the line of the other form
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

    /** The same rows with another source of the other form. */
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

    /** Aligns the lines of two texts: by their longest common subsequence, and between its lines by position. */
    static final class Alignment {
        /** Indexes of the two lines; one of them is absent where a text has no such line. */
        record Pair(OptionalInt left, OptionalInt right) {}

        private final List<String> left;
        private final List<String> right;
        private final List<Pair> pairs = new ArrayList<>();

        private Alignment(List<String> left, List<String> right) {
            this.left = left;
            this.right = right;
        }

        static List<Pair> of(List<String> left, List<String> right) {
            Alignment alignment = new Alignment(left, right);
            alignment.align(alignment.lengths());
            return alignment.pairs;
        }

        /** The length of the longest common subsequence of the suffixes at each pair of positions. */
        private int[][] lengths() {
            int[][] lengths = new int[left.size() + 1][right.size() + 1];
            for (int i = left.size() - 1; i >= 0; i--) {
                for (int j = right.size() - 1; j >= 0; j--) {
                    lengths[i][j] = left.get(i).equals(right.get(j))
                            ? lengths[i + 1][j + 1] + 1
                            : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
                }
            }
            return lengths;
        }

        private void align(int[][] lengths) {
            int i = 0;
            int j = 0;
            int fromI = 0;
            int fromJ = 0;
            while (i < left.size() && j < right.size()) {
                if (left.get(i).equals(right.get(j))) {
                    between(fromI, i, fromJ, j);
                    pairs.add(new Pair(OptionalInt.of(i++), OptionalInt.of(j++)));
                    fromI = i;
                    fromJ = j;
                } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
                    i++;
                } else {
                    j++;
                }
            }
            between(fromI, left.size(), fromJ, right.size());
        }

        private void between(int fromI, int toI, int fromJ, int toJ) {
            int count = Math.max(toI - fromI, toJ - fromJ);
            for (int k = 0; k < count; k++) {
                pairs.add(new Pair(index(fromI + k, toI), index(fromJ + k, toJ)));
            }
        }

        private static OptionalInt index(int index, int end) {
            return index < end ? OptionalInt.of(index) : OptionalInt.empty();
        }
    }

    /** Names the lines of a form for messages. */
    static final class LineNames {
        private static final List<String> V1 = List.of("verb", "Content-MD5", "Content-Type", "date");
        private static final List<String> V4 = List.of("algorithm", "date", "scope", "hash of the canonical request");
        private static final List<String> CANONICAL = List.of("verb", "path", "query");

        private LineNames() {}

        static String of(String form, List<String> ours, List<String> theirs, Alignment.Pair pair) {
            List<String> lines = pair.left().isPresent() ? ours : theirs;
            int index = pair.left().isPresent()
                    ? pair.left().getAsInt()
                    : pair.right().orElseThrow();
            if (form.equals(Comparison.CANONICAL_REQUEST)) {
                return canonical(lines, index);
            }
            if (lines.size() == 1) {
                return "text";
            }
            return lines.getFirst().startsWith("OSS4-")
                    ? fixed(V4, index)
                    : index < V1.size() ? V1.get(index) : v1(lines, index);
        }

        private static String canonical(List<String> lines, int index) {
            if (index < CANONICAL.size()) {
                return CANONICAL.get(index);
            }
            if (index == lines.size() - 1) {
                return "payload";
            }
            if (index == lines.size() - 2) {
                return "additional headers";
            }
            return header(lines.get(index), "empty line");
        }

        private static String v1(List<String> lines, int index) {
            String line = lines.get(index);
            return index == lines.size() - 1 ? "resource" : header(line, "headers");
        }

        private static String header(String line, String otherwise) {
            int colon = line.indexOf(':');
            return colon > 0 ? line.substring(0, colon) : otherwise;
        }

        private static String fixed(List<String> names, int index) {
            return index < names.size() ? names.get(index) : "further line";
        }
    }
}

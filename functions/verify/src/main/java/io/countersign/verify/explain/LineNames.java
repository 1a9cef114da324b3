package io.countersign.verify.explain;

import java.util.List;

/** What a line of a form is, for people. */
final class LineNames {
    private static final List<String> V1 = List.of("verb", "Content-MD5", "Content-Type", "date");
    private static final List<String> V4 = List.of("algorithm", "date", "scope", "hash of the canonical request");
    private static final List<String> CANONICAL = List.of("verb", "path", "query");

    private LineNames() {}

    static String of(String form, List<String> ours, List<String> theirs, Alignment.Pair pair) {
        List<String> lines = pair.left().isPresent() ? ours : theirs;
        int index =
                pair.left().isPresent() ? pair.left().getAsInt() : pair.right().orElseThrow();
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

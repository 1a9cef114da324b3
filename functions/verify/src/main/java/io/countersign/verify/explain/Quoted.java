package io.countersign.verify.explain;

/** Text of a request inside a sentence. */
final class Quoted {
    private static final int MAX = 120;

    private Quoted() {}

    /** In quotes, cut when it is long, controls replaced. */
    static String of(String text) {
        String shown = text.length() > MAX ? text.substring(0, MAX) + "..." : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}

package io.countersign.oss;

/** A name that a request brings, as a message may repeat it. */
public final class Quoted {
    private static final int MAX = 64;

    private Quoted() {}

    /** In quotes, cut when it is long, and whatever is not plain ASCII replaced: the message may end up in a header, in XML or in a terminal. */
    public static String of(String name) {
        StringBuilder shown = new StringBuilder().append('"');
        name.chars().limit(MAX).forEach(c -> shown.append(isPlain(c) ? (char) c : '?'));
        if (name.length() > MAX) {
            shown.append("...");
        }
        return shown.append('"').toString();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '&';
    }
}

package io.countersign.oss;

/** Formats a name from a request for use in a message. */
public final class Quoted {
    private static final int MAX = 64;

    private Quoted() {}

    /**
     * Returns the name in quotes, shortened when it is long, and percent-encoded except for printable ASCII and
     * blanks: the message may be used in a header, in XML or in a terminal.
     */
    public static String of(String name) {
        StringBuilder shown = new StringBuilder().append('"');
        name.codePoints().limit(MAX).forEach(c -> {
            if (isPlain(c)) {
                shown.append((char) c);
            } else {
                PercentEncoding.encode(Character.toString(c), shown);
            }
        });
        if (name.codePointCount(0, name.length()) > MAX) {
            shown.append("...");
        }
        return shown.append('"').toString();
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '&';
    }
}

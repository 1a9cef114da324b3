package io.countersign.oss;

/** A name that a request brings, as a message may repeat it. */
public final class Quoted {
    private static final int MAX = 64;

    private Quoted() {}

    /**
     * In quotes, cut when it is long, and percent-encoded where it is neither plain ASCII nor a blank: the message may end up in a header, in XML or in a
     * terminal.
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

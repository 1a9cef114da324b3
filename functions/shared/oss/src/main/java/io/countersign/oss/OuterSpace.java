package io.countersign.oss;

/**
 * Removes white space around a header value: only spaces and tabs (RFC 9110, 5.6.3). Other white space of Unicode is
 * part of a key or of a tag.
 */
public final class OuterSpace {
    private OuterSpace() {}

    public static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}

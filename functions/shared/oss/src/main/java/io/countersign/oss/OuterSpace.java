package io.countersign.oss;

/**
 * White space around the value of a header: spaces and tabs, as HTTP has it (RFC 9110, 5.6.3), and nothing else. What Unicode takes for white space besides is a character of
 * a key or of a tag.
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

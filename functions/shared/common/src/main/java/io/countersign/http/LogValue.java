package io.countersign.http;

import java.util.regex.Pattern;

/** A text as the value of a log line, {@code name="text"}: whatever it is, it ends where its quotes end, and the line with its line. */
public final class LogValue {
    private static final int MAX_LENGTH = 1_000;
    /** Also the line ends of Unicode, and the characters that turn the direction of a line. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]+");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}/._:@+,~-]{1,1000}");

    private LogValue() {}

    /** Returns the text in double quotes, in one line of at most {@value #MAX_LENGTH} characters. Quotes in it become single quotes, and backslashes, which readers take for escapes, become slashes. */
    public static String quoted(String text) {
        return '"' + line(text) + '"';
    }

    /** Returns a word as it is, and any other text in quotes. */
    public static String of(Object value) {
        String text = value.toString();
        return WORD.matcher(text).matches() ? text : quoted(text);
    }

    /** Returns {@link #quoted} without the quotes. */
    public static String line(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ").replace('"', '\'').replace('\\', '/');
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }
}

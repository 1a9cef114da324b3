package io.countersign.gateway.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a message repeats of an argument. People paste URLs, headers and secrets into the wrong place, and a message stays in the terminal's history and in logs of jobs; so an argument that may hold a
 * credential is not repeated, and of a long one the beginning is.
 */
final class Echo {
    private static final int MOST = 200;
    /** What is looked at behind it, for a secret that begins before. */
    private static final int BEYOND = 64;

    private static final String EMPTY = "\"\"";
    private static final String HIDDEN = "[not shown: it may hold a secret]";

    /** What requests, their headers and their logs look like; to a {@link java.nio.file.Path}, {@code https://} is {@code https:/}. */
    private static final Pattern OF_A_REQUEST = Pattern.compile(
            "(?i)[a-z][a-z0-9+.-]{1,15}:/|https?%3A|[?&][^=&]{1,80}="
                    + "|(?:signature|token|secret|password|credential|authorization)[a-z0-9_-]{0,20}[\"']?\\s{0,4}(?:[:=]|%3D)");
    /** Secrets of keys, signatures and tokens. Ids of access keys are shorter, and names of files have other characters in between. */
    private static final Pattern SECRET = Pattern.compile(
            "(?<![A-Za-z0-9+])(?=[A-Za-z+]*[0-9])(?=[0-9+]*[A-Za-z])[A-Za-z0-9+]{28}|[A-Za-z0-9+/]{27}=");

    private Echo() {}

    /** Whether the text looks like one that holds a credential, as far as a message could repeat it. */
    static boolean hides(String whole) {
        String text = whole.substring(0, Math.min(whole.length(), MOST + BEYOND));
        return OF_A_REQUEST.matcher(text).find() || SECRET.matcher(text).find();
    }

    static String of(Object argument) {
        String text = argument.toString();
        if (hides(text)) {
            return HIDDEN;
        }
        if (text.isEmpty()) {
            return EMPTY;
        }
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "...";
    }

    /** @return the message, with what it may repeat of each of these words that are in it */
    static String in(String message, List<String> words) {
        String text = message;
        for (String word : words) {
            text = word.isEmpty() ? text : text.replace(word, of(word));
        }
        return text;
    }
}

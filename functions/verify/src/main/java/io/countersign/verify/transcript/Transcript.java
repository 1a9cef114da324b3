package io.countersign.verify.transcript;

import io.countersign.oss.Headers;

/** Finds out what a pasted text is, and reads the request in it. */
public final class Transcript {
    /** Characters of a text at most. */
    public static final int MAX_LENGTH = 512 * 1024;

    private Transcript() {}

    /**
     * @param text a URL (after a verb, if it is not GET), what {@code curl -v} printed, or a HAR file or one entry of it
     * @throws InvalidTranscript when it is none of them, or longer than {@link #MAX_LENGTH}
     */
    public static Exchange parse(String text) throws InvalidTranscript {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidTranscript(
                    "The text has more than " + MAX_LENGTH + " characters; give one request and its answer alone.");
        }
        // Editors put a byte order mark before it.
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String trimmed = plain.strip();
        if (trimmed.startsWith("{")) {
            return HarEntry.parse(trimmed);
        }
        if (isUrl(trimmed)) {
            return url(trimmed);
        }
        return CurlTranscript.parse(plain);
    }

    private static boolean isUrl(String text) {
        return text.lines().count() == 1 && text.matches("(?i)([A-Z]{1,8} )?https?://\\S+");
    }

    private static Exchange url(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? Exchange.of("GET", text, Headers.NONE)
                : Exchange.of(text.substring(0, space), text.substring(space + 1), Headers.NONE);
    }
}

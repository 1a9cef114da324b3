package io.countersign.signing;

import io.countersign.signing.base.RedactingSink;

/**
 * The sealed form of a session in requests and answers. {@code toString} is that of {@link Object} and does not print the token; {@link #fingerprint()} is safe to
 * show.
 */
public final class SecurityToken {
    /** The longest token in characters: twice the length that Countersign seals, for tokens of Alibaba Cloud. */
    public static final int MAX_LENGTH = 8 * 1024;

    private final String text;

    private SecurityToken(String text) {
        this.text = text;
    }

    /** Whether a text can be a token: 1 to {@link #MAX_LENGTH} visible ASCII characters. */
    public static boolean isPossible(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException when the text cannot be a token; the message does not repeat it */
    public static SecurityToken of(String text) {
        if (!isPossible(text)) {
            throw new IllegalArgumentException("a security token has 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
        return new SecurityToken(text);
    }

    /** The token itself, to open it and to sign requests with it. */
    public String reveal() {
        return text;
    }

    /** {@code sha256:} and the hex digest of the token: equal for equal tokens, and no token can be derived from it. */
    public String fingerprint() {
        return fingerprint(text);
    }

    /** The text to print in place of a token's text. */
    public static String fingerprint(String text) {
        return RedactingSink.fingerprint(text);
    }
}

package io.countersign.signing;

import io.countersign.signing.base.RedactingSink;

/**
 * The sealed form of a session, as it travels. It never prints itself ({@code toString} is that of {@link Object});
 * {@link #fingerprint()} is what may be shown instead.
 */
public final class SecurityToken {
    /** Characters at most: twice what Countersign seals, for tokens that Alibaba Cloud made. */
    public static final int MAX_LENGTH = 8 * 1024;

    private final String text;

    private SecurityToken(String text) {
        this.text = text;
    }

    /** Whether a text can be a token at all: 1 to {@link #MAX_LENGTH} visible ASCII characters. */
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

    /** The token itself: for opening it, and for requests that are signed with it. */
    public String reveal() {
        return text;
    }

    /** {@code sha256:} and the hex digest of the token: the same token always shows the same, and none can be made from it. */
    public String fingerprint() {
        return fingerprint(text);
    }

    /** What stands for a token's text wherever one would be printed. */
    public static String fingerprint(String text) {
        return RedactingSink.fingerprint(text);
    }
}

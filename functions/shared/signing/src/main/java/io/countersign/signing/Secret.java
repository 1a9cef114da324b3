package io.countersign.signing;

import io.countersign.signing.base.Hmac;
import java.nio.charset.StandardCharsets;

/**
 * The secret of an access key. {@code toString}, {@code equals} and {@code hashCode} are those of {@link Object} on purpose: they neither print nor compare the text.
 */
public final class Secret {
    /** The longest secret in characters; OSS and STS make shorter ones. */
    public static final int MAX_LENGTH = 1024;

    private final String text;
    private final byte[] identity;

    private Secret(String text, byte[] identity) {
        this.text = text;
        this.identity = identity;
    }

    /** @throws IllegalArgumentException when the text is empty or longer than {@link #MAX_LENGTH}; the message does not repeat it */
    public static Secret of(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an access key secret has 1 to " + MAX_LENGTH + " characters");
        }
        return new Secret(text, Hmac.Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The secret itself. Only signing, sealing, the answer with a session, and apply may call this. */
    public String reveal() {
        return text;
    }

    /** Whether both have the same text, for cache keys. It compares digests, so its timing reveals nothing about the secrets. */
    boolean isSameAs(Secret other) {
        return this == other || ConstantTime.equal(identity, other.identity);
    }

    /** Some bits of the digest, to distribute derived keys over a table. */
    int slot() {
        return identity[0] & 0xFF | (identity[1] & 0xFF) << 8 | (identity[2] & 0xFF) << 16 | identity[3] << 24;
    }
}

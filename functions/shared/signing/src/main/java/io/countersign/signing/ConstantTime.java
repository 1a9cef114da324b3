package io.countersign.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The one place where signatures, tokens and other secrets are compared. */
public final class ConstantTime {
    private ConstantTime() {}

    /** Whether both texts are the same; the time that takes depends on their lengths alone. */
    public static boolean equal(String one, String other) {
        return equal(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the bytes are the text's in UTF-8; the time that takes depends on their lengths alone. */
    public static boolean equal(byte[] one, String other) {
        return equal(one, other.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether both are the same bytes; the time that takes depends on their lengths alone. */
    public static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}

package io.countersign.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares signatures, tokens and other secrets in constant time. No other class compares them. */
public final class ConstantTime {
    private ConstantTime() {}

    /** Whether both texts are equal; the time depends on the lengths only. */
    public static boolean equal(String one, String other) {
        return equal(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the bytes are the text in UTF-8; the time depends on the lengths only. */
    public static boolean equal(byte[] one, String other) {
        return equal(one, other.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether both arrays have equal bytes; the time depends on the lengths only. */
    public static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}

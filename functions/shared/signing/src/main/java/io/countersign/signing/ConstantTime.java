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

    /** Whether the text is the bytes in lower-case hex; the time depends on the lengths only. */
    public static boolean isHex(byte[] one, String other) {
        if (other.length() != 2 * one.length) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference |= other.charAt(2 * i) ^ hexDigit(one[i] >> 4 & 0xF);
            difference |= other.charAt(2 * i + 1) ^ hexDigit(one[i] & 0xF);
        }
        return difference == 0;
    }

    /** Computes the digit, because a table or a branch could take a time that depends on it. */
    private static int hexDigit(int value) {
        int aboveNine = (9 - value) >> 31;
        return '0' + value + (aboveNine & 'a' - '0' - 10);
    }

    /** Whether both arrays have equal bytes; the time depends on the lengths only. */
    public static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}

package io.countersign.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Decodes base64url without padding, strictly. The JDK's decoder ignores unused bits at the end, so that several texts would be the same token. */
public final class StrictBase64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private StrictBase64Url() {}

    /** The bytes whose only encoding is this text; empty when there are none. */
    public static Optional<byte[]> decoded(String text) {
        // A character that is not of Latin 1 becomes a question mark, which is not of base64url.
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return decoded(ascii, 0, ascii.length);
    }

    /** The bytes whose only encoding is this part of a text in ASCII; empty when there are none. */
    public static Optional<byte[]> decoded(byte[] ascii, int from, int to) {
        try {
            ByteBuffer bytes = Base64.getUrlDecoder().decode(ByteBuffer.wrap(ascii, from, to - from));
            int length = bytes.remaining();
            // Padding makes a text longer than its bytes need.
            return length == (to - from) * 3 / 4 && endsInZeroBits(ascii, from, to)
                    ? Optional.of(exact(bytes.array(), length))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The decoder's array is as long as its bytes, for every text without padding. */
    private static byte[] exact(byte[] bytes, int length) {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Two characters of a last group have four bits too many for its byte, three have two bits too many for its two. */
    private static boolean endsInZeroBits(byte[] ascii, int from, int to) {
        int unused =
                switch ((to - from) % 4) {
                    case 2 -> 0xF;
                    case 3 -> 0x3;
                    default -> 0;
                };
        return unused == 0 || (ALPHABET.indexOf(ascii[to - 1]) & unused) == 0;
    }
}

package android.util;

import java.nio.charset.StandardCharsets;

/** A stand-in for Android's class: by default it breaks lines, and ends the last. */
public final class Base64 {
    public static final int DEFAULT = 0;
    public static final int NO_WRAP = 2;

    private static final int LINE = 76;

    private Base64() {}

    public static byte[] encode(byte[] input, int flags) {
        return encodeToString(input, flags).getBytes(StandardCharsets.US_ASCII);
    }

    public static String encodeToString(byte[] input, int flags) {
        if ((flags & NO_WRAP) != 0) {
            return java.util.Base64.getEncoder().encodeToString(input);
        }
        return java.util.Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(input) + "\n";
    }

    public static byte[] decode(String text, int flags) {
        return java.util.Base64.getMimeDecoder().decode(text);
    }
}

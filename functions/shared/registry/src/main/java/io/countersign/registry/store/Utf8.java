package io.countersign.registry.store;

/** Measures texts in UTF-8 without encoding them, because every lookup measures the parts of its key. */
public final class Utf8 {
    private Utf8() {}

    /** The number of bytes of a text; -1 when it has half of a surrogate pair, which UTF-8 cannot encode. */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes++;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (isPair(text, i)) {
                // Two characters are four bytes.
                bytes += 2;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}

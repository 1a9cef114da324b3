package io.countersign.policy;

import java.util.Locale;

/** Letter case, without a locale having a say. */
final class CaseFolding {
    private CaseFolding() {}

    /** For names of the protocol, which are ASCII: a text with any other character stays as it is, so that no other letter passes for one. */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return text;
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** For values of requests: the letters of ASCII alone. Any other letter is another value, whatever it looks like in capitals (U+0131, U+212A). */
    static String fold(String text) {
        int[] folded = text.codePoints().map(CaseFolding::fold).toArray();
        return new String(folded, 0, folded.length);
    }

    static int fold(int codePoint) {
        return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
    }
}

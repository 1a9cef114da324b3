package io.countersign.policy;

import java.util.Locale;

/** Letter case, without a locale having a say. */
final class Letters {
    private Letters() {}

    /** For names of the protocol: ASCII letters only, so that no other letter passes for one. */
    static String lower(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            ascii &= text.charAt(i) < 128;
        }
        return ascii ? text.toLowerCase(Locale.ROOT) : lowerAmongOthers(text);
    }

    private static String lowerAmongOthers(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] += isUpper(chars[i]) ? 'a' - 'A' : 0;
        }
        return new String(chars);
    }

    /** For values of requests: one character at a time, so that a pattern and a text fold alike. */
    static String fold(String text) {
        int[] folded = text.codePoints().map(Letters::fold).toArray();
        return new String(folded, 0, folded.length);
    }

    static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}

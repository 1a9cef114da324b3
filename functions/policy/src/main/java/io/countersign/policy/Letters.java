package io.countersign.policy;

/** Letter case, without a locale having a say. */
final class Letters {
    private Letters() {}

    /** For names of the protocol: ASCII letters only, so that no other letter passes for one. */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpper(text.charAt(i))) {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    chars[j] += isUpper(chars[j]) ? 'a' - 'A' : 0;
                }
                return new String(chars);
            }
        }
        return text;
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

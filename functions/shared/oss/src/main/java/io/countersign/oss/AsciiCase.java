package io.countersign.oss;

/** Maps the case of protocol names: ASCII letters only, independent of the locale. */
final class AsciiCase {
    private AsciiCase() {}

    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return lowerFrom(text, i);
            }
        }
        return text;
    }

    /** Whether {@link #lower} of the text begins with a prefix. */
    static boolean startsWith(String text, String lowerPrefix) {
        if (text.length() < lowerPrefix.length()) {
            return false;
        }
        for (int i = 0; i < lowerPrefix.length(); i++) {
            if (lower(text.charAt(i)) != lowerPrefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static String lowerFrom(String text, int first) {
        char[] chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            chars[i] = lower(chars[i]);
        }
        return new String(chars);
    }
}

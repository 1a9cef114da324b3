package io.countersign.json;

/** Halves of surrogate pairs, which have no form in UTF-8. */
final class Surrogates {
    private Surrogates() {}

    /** The text with another character in the place of each half; the text itself when it has none. */
    static String replaced(String text, char with) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replacedAll(text, with);
            }
        }
        return text;
    }

    /** Puts another character in the place of each half among the first characters. */
    static void replace(char[] text, int length, char with) {
        for (int i = 0; i < length; i++) {
            if (Character.isHighSurrogate(text[i]) && i + 1 < length && Character.isLowSurrogate(text[i + 1])) {
                i++;
            } else if (Character.isSurrogate(text[i])) {
                text[i] = with;
            }
        }
    }

    private static String replacedAll(String text, char with) {
        StringBuilder all = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? with : c)
                .forEach(all::appendCodePoint);
        return all.toString();
    }
}

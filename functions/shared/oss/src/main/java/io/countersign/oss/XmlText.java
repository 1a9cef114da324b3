package io.countersign.oss;

import java.util.Arrays;

/** Escapes text for the content of an XML 1.0 element. */
public final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';

    /** The characters of ASCII that are written as they are. */
    private static final boolean[] PLAIN = plain();

    private XmlText() {}

    /** Appends the text. A character that XML cannot represent becomes U+FFFD. */
    public static void escape(String text, StringBuilder xml) {
        int written = 0;
        for (int i = plainEnd(text, 0); i < text.length(); i = plainEnd(text, written)) {
            xml.append(text, written, i);
            int c = text.codePointAt(i);
            written = i + Character.charCount(c);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                default -> xml.appendCodePoint(isXmlCharacter(c) ? c : REPLACEMENT);
            }
        }
        xml.append(text, written, text.length());
    }

    /** The end of the characters from there that are written as they are. Without other calls in it, this loop is as fast over characters as over a copy of the bytes. */
    private static int plainEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(char c) {
        return c < PLAIN.length ? PLAIN[c] : c < Character.MIN_SURROGATE;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, ' ', plain.length, true);
        for (char c : "&<>\"".toCharArray()) {
            plain[c] = false;
        }
        plain['\n'] = true;
        plain['\t'] = true;
        return plain;
    }

    /** Whether XML has a code point that is not a control character; half of a surrogate pair is none. */
    private static boolean isXmlCharacter(int c) {
        return c >= ' ' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && c != 0xFFFE && c != 0xFFFF;
    }
}

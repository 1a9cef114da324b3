package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Escapes text for the content of an XML 1.0 element. */
public final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';
    /** The bytes of characters that are written as they are, by their unsigned value. */
    private static final boolean[] PLAIN = plain();

    private XmlText() {}

    /** Appends the text. A character that XML cannot represent becomes U+FFFD. */
    public static void escape(String text, StringBuilder xml) {
        // Bytes are looked at in a third of the time that characters need. Each code point beyond ISO 8859-1 is one
        // question mark, also a pair of surrogates, so that the bytes after a pair are one place behind the characters.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int written = 0;
        int pairs = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (PLAIN[Byte.toUnsignedInt(bytes[at])]) {
                continue;
            }
            int i = at + pairs;
            xml.append(text, written, i);
            written = i + 1;
            char c = text.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                default -> {
                    if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                        xml.append(text, i, i + 2);
                        pairs++;
                        written++;
                    } else {
                        xml.append(isXmlCharacter(c) ? c : REPLACEMENT);
                    }
                }
            }
        }
        xml.append(text, written, text.length());
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[1 << Byte.SIZE];
        Arrays.fill(plain, ' ', '~' + 1, true);
        for (char c : "&<>\"?".toCharArray()) {
            plain[c] = false;
        }
        plain['\n'] = true;
        plain['\t'] = true;
        return plain;
    }

    private static boolean isXmlCharacter(char c) {
        return c >= ' ' && !Character.isSurrogate(c) && c < 0xFFFE;
    }
}

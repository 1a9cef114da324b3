package io.countersign.oss;

/** Escapes text for the content of an XML 1.0 element. */
public final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';

    private XmlText() {}

    /** Appends the text. A character that XML cannot represent becomes U+FFFD. */
    public static void escape(String text, StringBuilder xml) {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                continue;
            }
            xml.append(text, written, i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                case '\n', '\t' -> xml.append(c);
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        xml.append(c).append(text.charAt(++i));
                    } else {
                        xml.append(isXmlCharacter(c) ? c : REPLACEMENT);
                    }
                }
            }
            written = i + 1;
        }
        if (written == 0) {
            // Copies bytes; the other one copies characters.
            xml.append(text);
        } else {
            xml.append(text, written, text.length());
        }
    }

    /** Whether the character is written as it is; most are, and are appended at once. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '&' && c != '<' && c != '>' && c != '"';
    }

    private static boolean isXmlCharacter(char c) {
        return c >= ' ' && !Character.isSurrogate(c) && c < 0xFFFE;
    }
}

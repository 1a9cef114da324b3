package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes XML 1.0 as UTF-8 into one buffer, without strings in between. Not safe for use by several threads. */
public final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';
    /** What {@link String#getBytes()} makes of half of a surrogate pair. */
    private static final char HALF = '?';
    /** The most bytes of a code point. */
    private static final int MOST_BYTES = 4;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The number of characters of ASCII. */
    private static final int ASCII = 0x80;

    /** The characters that are written as they are in the content of an element. */
    private static final boolean[] PLAIN = plain();

    private static final byte[] AMPERSAND = "&amp;".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LESS = "&lt;".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GREATER = "&gt;".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUOTE = "&quot;".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETURN = "&#13;".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** @param usual the bytes to begin with; more are made as they are needed */
    public XmlText(int usual) {
        this.bytes = new byte[usual];
    }

    /** Uses the bytes of a text. */
    @FunctionalInterface
    public interface Use<T> {
        /** @param bytes the first {@code length} of them are the text; they are not valid after this call */
        T of(byte[] bytes, int length);
    }

    /** Appends tags and names, as they are. */
    public XmlText markup(String text) {
        int i = appendAscii(text);
        while (i < text.length()) {
            int c = text.codePointAt(i);
            append(isHalf(c) ? HALF : c);
            i += Character.charCount(c);
        }
        return this;
    }

    /** Appends ASCII, as it is. */
    XmlText ascii(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Appends the content of an element. A character that XML cannot represent becomes U+FFFD. */
    public XmlText content(String text) {
        for (int i = appendPlain(text, 0); i < text.length(); i = appendPlain(text, i)) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            character(c);
        }
        return this;
    }

    private void character(int c) {
        switch (c) {
            case '&' -> ascii(AMPERSAND);
            case '<' -> ascii(LESS);
            case '>' -> ascii(GREATER);
            case '"' -> ascii(QUOTE);
            case '\r' -> ascii(RETURN);
            case '\n', '\t' -> append(c);
            default -> append(isXmlCharacter(c) ? c : REPLACEMENT);
        }
    }

    /** Appends bytes in upper-case hex, with spaces between them. */
    public XmlText hex(byte[] octets) {
        reserve(3 * octets.length);
        int end = length;
        for (byte octet : octets) {
            bytes[end] = (byte) HEX.toHighHexDigit(octet);
            bytes[end + 1] = (byte) HEX.toLowHexDigit(octet);
            bytes[end + 2] = ' ';
            end += 3;
        }
        length = octets.length == 0 ? end : end - 1;
        return this;
    }

    /** What the use makes of the bytes that were written. */
    public <T> T utf8(Use<T> use) {
        return use.of(bytes, length);
    }

    /** Forgets what was written. */
    public void clear() {
        length = 0;
    }

    /** What was written. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Appends the characters of ASCII that the text begins with, and returns how many they are. */
    private int appendAscii(String text) {
        reserve(text.length());
        byte[] out = bytes;
        int start = length;
        int i = 0;
        while (i < text.length() && text.charAt(i) < ASCII) {
            out[start + i] = (byte) text.charAt(i);
            i++;
        }
        length = start + i;
        return i;
    }

    /** Appends the plain characters from there, and returns where they end. */
    private int appendPlain(String text, int from) {
        reserve(text.length() - from);
        byte[] out = bytes;
        int shift = length - from;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c >= ASCII || !PLAIN[c]) {
                break;
            }
            out[shift + i] = (byte) c;
            i++;
        }
        length = shift + i;
        return i;
    }

    private void append(int c) {
        reserve(MOST_BYTES);
        if (c < 0x80) {
            octet(c);
        } else if (c < 0x800) {
            octet(0xC0 | c >> 6);
            octet(0x80 | c & 0x3F);
        } else if (c < 0x10000) {
            octet(0xE0 | c >> 12);
            octet(0x80 | c >> 6 & 0x3F);
            octet(0x80 | c & 0x3F);
        } else {
            octet(0xF0 | c >> 18);
            octet(0x80 | c >> 12 & 0x3F);
            octet(0x80 | c >> 6 & 0x3F);
            octet(0x80 | c & 0x3F);
        }
    }

    private void octet(int octet) {
        bytes[length++] = (byte) octet;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[ASCII];
        Arrays.fill(plain, ' ', ASCII, true);
        plain['\n'] = true;
        plain['\t'] = true;
        for (char c : "&<>\"".toCharArray()) {
            plain[c] = false;
        }
        return plain;
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** Whether XML has a code point that is not a control character; half of a surrogate pair is none. */
    private static boolean isXmlCharacter(int c) {
        return c >= ' ' && !isHalf(c) && c != 0xFFFE && c != 0xFFFF;
    }
}

package io.countersign.oss;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * RFC 3986 percent-encoding of UTF-8 text as OSS's signatures require it: unreserved characters are {@code A-Z a-z 0-9
 * - . _ ~}, hex digits are upper-case (docs/protocol.md 3).
 */
public final class PercentEncoding {
    private static final String[] ESCAPES = escapes();
    private static final boolean[] UNRESERVED = unreserved();

    private PercentEncoding() {}

    /**
     * Compares two texts in the order of their encoded forms, which is the order of their UTF-8 bytes, but for the characters that are encoded: their {@code %} is
     * before every other.
     */
    public static int compareEncoded(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return compareEncoded(a, b);
            }
        }
        return one.length() - other.length();
    }

    private static int compareEncoded(char a, char b) {
        if (isUnreserved(a) || isUnreserved(b)) {
            return isUnreserved(a) && isUnreserved(b) ? a - b : isUnreserved(a) ? 1 : -1;
        }
        // In UTF-8, a pair of surrogates is after every other character.
        boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
        return pairs ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) : a - b;
    }

    /**
     * Encodes everything but unreserved characters, including {@code /}. Text without such characters is returned as it is, without
     * a copy.
     */
    public static String encode(String text) {
        int escapes = escapes(text);
        if (escapes == 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 2 * escapes);
        encode(text, out);
        return out.toString();
    }

    /** Encodes everything but unreserved characters and {@code /}. */
    public static String encodePath(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        encodePath(path, out);
        return out.toString();
    }

    public static void encode(String text, StringBuilder out) {
        encode(text, out, false);
    }

    public static void encodePath(String path, StringBuilder out) {
        encode(path, out, true);
    }

    private static void encode(String text, StringBuilder out, boolean keepSlash) {
        int length = text.length();
        // Names are mostly unreserved, and a run of such characters is appended at once.
        int plain = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isUnreserved(c) || (keepSlash && c == '/')) {
                continue;
            }
            out.append(text, plain, i);
            if (c < 0x80) {
                escape(c, out);
            } else if (c < 0x800) {
                escape(0xC0 | c >> 6, out);
                escape(0x80 | c & 0x3F, out);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                escape(0xF0 | point >> 18, out);
                escape(0x80 | point >> 12 & 0x3F, out);
                escape(0x80 | point >> 6 & 0x3F, out);
                escape(0x80 | point & 0x3F, out);
            } else if (Character.isSurrogate(c)) {
                // As String.getBytes(UTF_8) encodes half a pair: as a question mark.
                escape('?', out);
            } else {
                escape(0xE0 | c >> 12, out);
                escape(0x80 | c >> 6 & 0x3F, out);
                escape(0x80 | c & 0x3F, out);
            }
            plain = i + 1;
        }
        out.append(text, plain, length);
    }

    private static void escape(int octet, StringBuilder out) {
        out.append(ESCAPES[octet]);
    }

    /** The characters that are encoded; one of ASCII becomes two characters longer. */
    private static int escapes(String text) {
        int escapes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isUnreserved(text.charAt(i))) {
                escapes++;
            }
        }
        return escapes;
    }

    /** Whether a character is written as it is. */
    public static boolean isUnreserved(char c) {
        return c < UNRESERVED.length && UNRESERVED[c];
    }

    private static String[] escapes() {
        HexFormat hex = HexFormat.of().withUpperCase();
        String[] escapes = new String[256];
        for (int octet = 0; octet < escapes.length; octet++) {
            escapes[octet] = '%' + hex.toHexDigits((byte) octet);
        }
        return escapes;
    }

    private static boolean[] unreserved() {
        boolean[] unreserved = new boolean[128];
        for (char c = 0; c < unreserved.length; c++) {
            unreserved[c] =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
        }
        return unreserved;
    }

    /**
     * Decodes text that OSS decodes like a URL: a path, a piece of a query, {@code x-oss-copy-source}, {@code
     * x-oss-symlink-target}. {@code %XX} are bytes, and {@code +} is a space in all of them (docs/protocol.md 1.4,
     * 13).
     *
     * @param where the origin of the text
     * @throws OssRefusal InvalidArgument when an escape is broken or the bytes are not UTF-8
     */
    public static String decode(String raw, EncodedText where) throws OssRefusal {
        return decode(raw, 0, raw.length(), where);
    }

    /** As {@link #decode(String, EncodedText)}, for the part from one index to another. */
    static String decode(String raw, int from, int to, EncodedText where) throws OssRefusal {
        return decode(raw, from, to, true, where);
    }

    /**
     * Decodes {@code %XX} only and keeps {@code +}: for text that was not part of a URL.
     *
     * @param where the origin of the text
     * @throws OssRefusal InvalidArgument when an escape is broken or the bytes are not UTF-8
     */
    public static String decodeEscapes(String raw, EncodedText where) throws OssRefusal {
        return decode(raw, 0, raw.length(), false, where);
    }

    private static String decode(String raw, int from, int to, boolean plusIsSpace, EncodedText where)
            throws OssRefusal {
        if (isPlain(raw, from, to, plusIsSpace)) {
            return raw.substring(from, to);
        }
        // The write position never passes the read position, so one array serves both.
        byte[] octets = utf8(raw, from, to, where);
        int end = 0;
        int seen = 0;
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i];
            if (octet == '%') {
                octet = escaped(octets, i, where);
                i += 2;
            } else if (octet == '+' && plusIsSpace) {
                octet = ' ';
            }
            octets[end++] = (byte) octet;
            seen |= octet;
        }
        boolean ascii = (seen & 0x80) == 0;
        return ascii ? new String(octets, 0, end, StandardCharsets.ISO_8859_1) : strict(octets, end, where);
    }

    private static byte[] utf8(String raw, int from, int to, EncodedText where) throws OssRefusal {
        byte[] octets = new byte[to - from];
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c >= 0x80) {
                // Some clients send raw UTF-8.
                return utf8(raw.substring(from, to), where);
            }
            octets[i - from] = (byte) c;
        }
        return octets;
    }

    /** Half a surrogate pair has no encoding in UTF-8. */
    private static byte[] utf8(String raw, EncodedText where) throws OssRefusal {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < raw.length() && Character.isLowSurrogate(raw.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw notUtf8(where);
            }
        }
        return raw.getBytes(StandardCharsets.UTF_8);
    }

    private static int escaped(byte[] octets, int percent, EncodedText where) throws OssRefusal {
        boolean whole = percent + 2 < octets.length;
        int high = whole ? hexDigit(octets[percent + 1]) : -1;
        int low = whole ? hexDigit(octets[percent + 2]) : -1;
        if (high < 0 || low < 0) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT, where.name() + " has a broken percent escape; encode it as %XX.");
        }
        return high << 4 | low;
    }

    private static String strict(byte[] octets, int end, EncodedText where) throws OssRefusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8(where);
        }
    }

    private static OssRefusal notUtf8(EncodedText where) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT, where.name() + " is not UTF-8 once decoded; encode names as UTF-8.");
    }

    private static int hexDigit(byte octet) {
        // Character.digit would accept full-width digits as well.
        return HexFormat.isHexDigit(octet) ? HexFormat.fromHexDigit(octet) : -1;
    }

    /** Whether {@link #decode(String, int, int, EncodedText)} would return a copy of the part as it is. */
    static boolean isPlain(String raw, int from, int to) {
        return isPlain(raw, from, to, true);
    }

    /**
     * Whether the text needs no decoding. Text beyond ASCII may need none either, but its form has to be checked
     * first.
     */
    private static boolean isPlain(String raw, int from, int to, boolean plusIsSpace) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            seen |= raw.charAt(i);
        }
        return seen < 0x80 && raw.indexOf('%', from, to) < 0 && !(plusIsSpace && raw.indexOf('+', from, to) >= 0);
    }
}

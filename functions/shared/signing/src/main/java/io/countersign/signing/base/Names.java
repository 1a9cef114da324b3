package io.countersign.signing.base;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.Locale;

/** The rules of signatures for header names and values. */
public final class Names {
    private Names() {}

    public static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether every version signs the header as a line of its own. */
    public static boolean isOssHeader(String lowerName) {
        return lowerName.startsWith("x-oss-");
    }

    /** Whether V4 signs the header even if it is not listed (docs/protocol.md 3). */
    public static boolean isSignedByDefault(String lowerName) {
        return isOssHeader(lowerName) || lowerName.equals("content-type") || lowerName.equals("content-md5");
    }

    /** Whether the name is visible ASCII without a colon, which cannot forge a line of a string to sign. */
    public static boolean isHeaderName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ':') {
                return false;
            }
        }
        return true;
    }

    /** Whether the value has no control character except the tab, and no half of a surrogate pair, which would be signed as a question mark. */
    public static boolean isHeaderValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F) {
                return false;
            }
        }
        return isWellFormed(value);
    }

    /** Whether the text has a UTF-8 form: half a surrogate pair has none. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Checks the headers before they become part of a string to sign: each is one line, and those with a fixed line are not duplicated. */
    public static final class PlainHeaders {
        private PlainHeaders() {}

        /** @throws OssRefusal InvalidArgument when a header could forge a line, or a header with a fixed line is duplicated */
        public static void check(Headers headers) throws OssRefusal {
            int single = 0;
            // Every request comes here: an index costs no iterator.
            for (int line = 0; line < headers.fields().size(); line++) {
                Headers.HeaderField field = headers.fields().get(line);
                if (!Names.isHeaderName(field.name()) || !Names.isHeaderValue(field.value())) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT,
                            "A header has a line break or another control character, or an invalid name; take it out.");
                }
                int bit = bit(field.name());
                if ((single & bit) != 0) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT, "The header " + field.name() + " is duplicated; send it once.");
                }
                single |= bit;
            }
        }

        private static int bit(String name) {
            return switch (name) {
                case "authorization" -> 1;
                case "date" -> 2;
                case "x-oss-date" -> 4;
                case "content-type" -> 8;
                case "content-md5" -> 16;
                case "x-oss-content-sha256" -> 32;
                default -> 0;
            };
        }
    }
}

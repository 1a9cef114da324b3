package io.countersign.signing.base;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.Locale;

/** Header names as signatures treat them. */
public final class Names {
    private Names() {}

    public static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What every version signs as a line of its own. */
    public static boolean isOssHeader(String lowerName) {
        return lowerName.startsWith("x-oss-");
    }

    /** What V4 signs whether it is listed or not (protocol.md 3). */
    public static boolean isSignedByDefault(String lowerName) {
        return isOssHeader(lowerName) || lowerName.equals("content-type") || lowerName.equals("content-md5");
    }

    /** Visible ASCII without a colon: what cannot forge another line of a string to sign. */
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

    /** No line break or other control character but the tab, and no half of a surrogate pair (it would be signed as a question mark). */
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

    /** What every header must be before it goes into a string to sign: one line, and for those that have their own line there, sent once. */
    public static final class PlainHeaders {
        private PlainHeaders() {}

        /** @throws OssRefusal InvalidArgument when a header could forge a line, or one that counts alone is there twice */
        public static void check(Headers headers) throws OssRefusal {
            int single = 0;
            for (Headers.HeaderField field : headers.fields()) {
                if (!Names.isHeaderName(field.name()) || !Names.isHeaderValue(field.value())) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT,
                            "A header has a line break or another control character, or an invalid name; take it out.");
                }
                int bit = bit(field.name());
                if ((single & bit) != 0) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT, "The header " + field.name() + " stands twice; send it once.");
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

package io.countersign.signing.base;

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
}

package io.countersign.identity.delegation;

/** Checks the texts of a request to sign, more strictly than OSS does. */
final class Texts {
    private static final int MAX_SHOWN = 64;

    private Texts() {}

    /** A name for a message; a long or unprintable one is not repeated. */
    static String shown(String name) {
        if (name.isEmpty() || name.length() > MAX_SHOWN) {
            return "named";
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7F || name.charAt(i) == '"') {
                return "named";
            }
        }
        return '"' + name + '"';
    }

    /** Refuses control characters, which would get into headers of answers, and halves of surrogate pairs, which have no UTF-8 form. */
    static void requirePlain(String text, String subject) throws SigningRefusal {
        if (text.codePoints().anyMatch(point -> Character.isISOControl(point) || isHalf(point))) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    subject + " contains control characters or malformed text; send printable text.");
        }
    }

    /** Whether the text has a UTF-8 form. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(Texts::isHalf);
    }

    /** Refuses values that clients may change on the way to the server: they differ in empty values, white space at the ends and bytes beyond ASCII (docs/protocol.md 11, 9). */
    static void requireHeaderValue(String value, String subject) throws SigningRefusal {
        boolean plain = !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!plain || value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ') {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    subject
                            + " must have a value of printable ASCII without spaces at its ends; encode anything else.");
        }
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}

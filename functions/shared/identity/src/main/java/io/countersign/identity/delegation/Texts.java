package io.countersign.identity.delegation;

/** Rules for the texts of a request that is to be signed, beyond what OSS itself asks. */
final class Texts {
    private static final int MAX_SHOWN = 64;

    private Texts() {}

    /** A name for a message; one that is long or odd is not repeated. */
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

    /** Refuses control characters, which end up in answers' headers, and halves of surrogate pairs, which have no UTF-8. */
    static void requirePlain(String text, String what) throws SigningRefusal {
        if (text.codePoints().anyMatch(point -> Character.isISOControl(point) || isHalf(point))) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    what + " holds control characters or broken text; send printable text.");
        }
    }

    /** Whether a text has a UTF-8 form of its own. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(Texts::isHalf);
    }

    /** Refuses what reaches the server in another form than it was signed: clients differ over empty values, over ends and over bytes beyond ASCII (protocol.md 11, 9). */
    static void requireHeaderValue(String value, String what) throws SigningRefusal {
        boolean plain = !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!plain || value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ') {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    what + " must have a value of printable ASCII without blanks at its ends; encode anything else.");
        }
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}

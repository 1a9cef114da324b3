package io.countersign.signing.base;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;

/**
 * The order of JavaScript's {@code localeCompare} over ASCII, in which ali-oss sorts V4's parameters (protocol.md 3, quirks): letters first without regard to case, small before capital among equals,
 * punctuation as the Unicode Collation Algorithm's root has it. Every parameter is signed in either order, so a second order takes nothing away from the signature.
 */
final class LocaleOrder {
    private static final String ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    private LocaleOrder() {}

    /** Whether the names are ASCII and one of them has what the two orders treat differently: a cheap question, asked first. */
    static boolean mayDiffer(QueryParameters query) {
        boolean differs = false;
        for (QueryParameter parameter : query.list()) {
            for (int i = 0; i < parameter.name().length(); i++) {
                char c = parameter.name().charAt(i);
                if (c < ' ' || c >= 0x7F) {
                    return false;
                }
                differs |= !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
            }
        }
        return differs;
    }

    /** Compares two texts of printable ASCII. */
    static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            int difference = weight(a.charAt(i)) - weight(b.charAt(i));
            if (difference != 0) {
                return difference;
            }
        }
        // Of two that differ in case alone, the one whose first difference is small comes first: the reverse of ASCII.
        return a.length() == b.length() ? b.compareTo(a) : a.length() - b.length();
    }

    private static int weight(char c) {
        return ORDER.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
}

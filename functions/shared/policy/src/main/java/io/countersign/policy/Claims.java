package io.countersign.policy;

import java.util.Map;
import java.util.Set;

/** The rules for variables: a value contains nothing that could end a path segment or widen a pattern. */
public final class Claims {
    static final int MAX_LENGTH = 256;

    /** The most characters of the name of a claim. */
    public static final int MAX_NAME = 128;

    private Claims() {}

    /** @throws IllFormedClaimException for the first of the names whose value is present and not well-formed */
    static void check(Set<String> names, Map<String, String> values) throws IllFormedClaimException {
        for (String name : names) {
            String value = values.get(name);
            if (value != null && !isWellFormed(value)) {
                throw new IllFormedClaimException(name);
            }
        }
    }

    /** Whether a value may be filled in: 1 to 256 ASCII letters, digits or {@code .-_@|:+=~}, but neither {@code .} nor {@code ..}. */
    public static boolean isWellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.equals(".") || value.equals("..")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i), ".-_@|:+=~")) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is the name of a claim as variables have it: 1 to {@value #MAX_NAME} ASCII letters, digits or {@code _-.:/}. */
    public static boolean isName(String text) {
        return isName(text, 0, text.length());
    }

    static boolean isName(String text, int from, int to) {
        if (to <= from || to - from > MAX_NAME) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isAllowed(text.charAt(i), "_-.:/")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c, String others) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
    }
}

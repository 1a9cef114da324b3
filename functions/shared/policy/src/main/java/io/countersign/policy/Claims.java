package io.countersign.policy;

import java.util.Map;
import java.util.Set;

/** The rule for values of variables: nothing that could end a path segment or widen a pattern. */
final class Claims {
    static final int MAX_LENGTH = 256;

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

    private static boolean isWellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.equals(".") || value.equals("..")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ".-_@|:+=~".indexOf(c) >= 0;
    }
}

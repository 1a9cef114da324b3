package io.countersign.policy;

import io.countersign.oss.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps letter case independent of the locale. */
final class CaseFolding {
    private static final Map<String, String> ACTIONS = Arrays.stream(Operation.values())
            .flatMap(operation -> operation.action().stream())
            .distinct()
            .collect(Collectors.toUnmodifiableMap(action -> action, CaseFolding::lower));

    private CaseFolding() {}

    /** As {@link #lower}, without a copy for the action of an operation. */
    static String lowerAction(String action) {
        String known = ACTIONS.get(action);
        return known == null ? lower(action) : known;
    }

    /**
     * For names of the protocol, which are ASCII. A text with any other character is returned unchanged, so that no
     * other letter can become one of them.
     */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return text;
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * For values of requests: maps ASCII letters only. Any other letter stays a different value, even when its upper
     * case is an ASCII letter (U+0131, U+212A).
     */
    static String fold(String text) {
        int[] folded = text.codePoints().map(CaseFolding::fold).toArray();
        return new String(folded, 0, folded.length);
    }

    static int fold(int codePoint) {
        return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
    }
}

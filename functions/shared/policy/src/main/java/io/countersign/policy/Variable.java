package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Location;

/**
 * One {@code ${jwt:claim}} of a role policy.
 *
 * @param name the claim's, without {@code jwt:}
 * @param end the index behind the closing brace
 */
record Variable(String name, int end) {
    private static final String OPENING = "${jwt:";
    private static final int MAX_NAME = 128;

    /** Reads the variable that opens at {@code start}. */
    static Variable at(String text, int start, boolean allowed, Location at) throws InvalidDocumentException {
        if (!allowed) {
            throw new InvalidDocumentException(
                    at,
                    "variables (\"${\") stand only in role policies, in Resource, NotResource and String condition values; write the text out");
        }
        int close = text.indexOf('}', start);
        if (close < 0 || !text.startsWith(OPENING, start) || !isName(text, start + OPENING.length(), close)) {
            throw new InvalidDocumentException(
                    at,
                    "a variable is written ${jwt:claim}, the claim being 1 to " + MAX_NAME
                            + " letters, digits or _-.:/");
        }
        return new Variable(text.substring(start + OPENING.length(), close), close + 1);
    }

    /** Refuses a text that opens a variable where none may stand. */
    static void refuseIn(String text, Location at) throws InvalidDocumentException {
        int start = text.indexOf("${");
        if (start >= 0) {
            at(text, start, false, at);
        }
    }

    private static boolean isName(String text, int from, int to) {
        if (to <= from || to - from > MAX_NAME) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean known =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_-.:/".indexOf(c) >= 0;
            if (!known) {
                return false;
            }
        }
        return true;
    }
}

package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pattern with open variables. It is parsed before anything is filled in: a variable is one position of the pattern,
 * so its value can only be literal text.
 */
final class Template {
    /** The code of a variable is this minus its index in the list of names. */
    private static final int FIRST_VARIABLE = -3;

    private final int[] codes;
    private final List<String> names;
    /** The pattern itself when it has no variables: most have none, and filling them in makes the same each time. */
    private final Optional<Glob> constant;

    private Template(int[] codes, List<String> names) {
        this.codes = codes;
        this.names = names;
        this.constant = hasVariables(codes) ? Optional.empty() : Optional.of(Glob.of(codes));
    }

    private static boolean hasVariables(int[] codes) {
        for (int code : codes) {
            if (code <= FIRST_VARIABLE) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param wildcards whether {@code *} and {@code ?} are wildcards or literal characters
     * @throws InvalidDocumentException when the text is too long, has too many wildcards, or a variable that is not
     *     allowed
     */
    static Template parse(String text, boolean wildcards, boolean variables, Value.Location at)
            throws InvalidDocumentException {
        if (text.length() > DocumentReader.Limits.PATTERN) {
            throw new InvalidDocumentException(
                    at, "longer than " + DocumentReader.Limits.PATTERN + " characters; shorten it");
        }
        List<Integer> codes = new ArrayList<>(text.length());
        List<String> names = new ArrayList<>();
        int runs = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '$' && text.startsWith("${", i)) {
                Variable variable = Variable.at(text, i, variables, at);
                codes.add(FIRST_VARIABLE - names.size());
                names.add(variable.name());
                i = variable.end();
            } else {
                codes.add(wildcards ? code(c) : c);
                runs += wildcards && c == '*' ? 1 : 0;
                i += Character.charCount(c);
            }
        }
        if (runs > DocumentReader.Limits.RUNS || names.size() > DocumentReader.Limits.VARIABLES) {
            throw new InvalidDocumentException(
                    at,
                    "at most " + DocumentReader.Limits.RUNS + " \"*\" and " + DocumentReader.Limits.VARIABLES
                            + " variables are allowed in one pattern; split it");
        }
        return new Template(codes.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(names));
    }

    /** Returns the parts between the first colons of the pattern; the last part keeps further colons. */
    List<Template> split(int parts) {
        List<Template> split = new ArrayList<>(parts);
        int from = 0;
        for (int i = 0; i < codes.length && split.size() < parts - 1; i++) {
            if (codes[i] == ':') {
                split.add(new Template(Arrays.copyOfRange(codes, from, i), names));
                from = i + 1;
            }
        }
        split.add(new Template(Arrays.copyOfRange(codes, from, codes.length), names));
        return split;
    }

    boolean isEmpty() {
        return codes.length == 0;
    }

    /** Whether the pattern is {@code *}. */
    boolean isEverything() {
        return codes.length == 1 && codes[0] == Glob.ANY_RUN;
    }

    /** Whether the pattern is exactly this text. */
    boolean isText(String text) {
        return Arrays.equals(codes, text.codePoints().map(Template::code).toArray());
    }

    /** Whether every character is a wildcard, a variable or one of the allowed characters. */
    boolean consistsOf(String allowed) {
        return Arrays.stream(codes).allMatch(code -> code < 0 || allowed.indexOf(code) >= 0);
    }

    boolean startsWith(char c) {
        return codes.length > 0 && codes[0] == c;
    }

    /** The common prefix of all texts that can match, for any values of the variables. */
    Head beginning() {
        int literal = 0;
        while (literal < codes.length && codes[literal] >= 0) {
            literal++;
        }
        return new Head(new String(codes, 0, literal), literal < codes.length);
    }

    /** The names of the variables in these codes. */
    Set<String> variables() {
        Set<String> used = new LinkedHashSet<>();
        for (int code : codes) {
            if (code <= FIRST_VARIABLE) {
                used.add(names.get(FIRST_VARIABLE - code));
            }
        }
        return used;
    }

    boolean isFilledBy(Map<String, String> claims) {
        for (int code : codes) {
            if (code <= FIRST_VARIABLE && !claims.containsKey(names.get(FIRST_VARIABLE - code))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the pattern with its variables filled in; an absent one becomes {@code *}. */
    Glob fill(Map<String, String> claims) {
        return constant.isPresent() ? constant.get() : filled(claims);
    }

    private Glob filled(Map<String, String> claims) {
        int[] filled = codes;
        for (int i = codes.length - 1; i >= 0; i--) {
            if (codes[i] <= FIRST_VARIABLE) {
                String value = claims.get(names.get(FIRST_VARIABLE - codes[i]));
                int[] text = value == null ? new int[] {Glob.ANY_RUN} : codePoints(value);
                filled = replaced(filled, i, text);
            }
        }
        return Glob.of(filled);
    }

    private static int[] codePoints(String text) {
        int[] points = new int[text.codePointCount(0, text.length())];
        int at = 0;
        for (int i = 0; i < points.length; i++) {
            points[i] = text.codePointAt(at);
            at += Character.charCount(points[i]);
        }
        return points;
    }

    private static int[] replaced(int[] codes, int at, int[] text) {
        int[] all = Arrays.copyOf(codes, codes.length - 1 + text.length);
        System.arraycopy(text, 0, all, at, text.length);
        System.arraycopy(codes, at + 1, all, at + text.length, codes.length - at - 1);
        return all;
    }

    private static int code(int c) {
        return switch (c) {
            case '*' -> Glob.ANY_RUN;
            case '?' -> Glob.ANY_ONE;
            default -> c;
        };
    }

    /**
     * A variable {@code ${jwt:claim}} of a role policy.
     *
     * @param name the claim's, without {@code jwt:}
     * @param end the index after the closing brace
     */
    record Variable(String name, int end) {
        private static final String OPENING = "${jwt:";

        /** Reads the variable that begins at {@code start}. */
        static Variable at(String text, int start, boolean allowed, Value.Location at) throws InvalidDocumentException {
            if (!allowed) {
                throw new InvalidDocumentException(
                        at,
                        "variables (\"${\") are allowed only in role policies, in Resource, NotResource and String condition values; write the text out");
            }
            int close = text.indexOf('}', start);
            if (close < 0
                    || !text.startsWith(OPENING, start)
                    || !Claims.isName(text, start + OPENING.length(), close)) {
                throw new InvalidDocumentException(
                        at,
                        "a variable is written ${jwt:claim}, the claim being 1 to " + Claims.MAX_NAME
                                + " letters, digits or _-.:/");
            }
            return new Variable(text.substring(start + OPENING.length(), close), close + 1);
        }

        /** Refuses a text with a variable where none is allowed. */
        static void refuseIn(String text, Value.Location at) throws InvalidDocumentException {
            int start = text.indexOf("${");
            if (start >= 0) {
                at(text, start, false, at);
            }
        }
    }
}

package io.countersign.verify.explain;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The explanation of one error of a server.
 *
 * @param ecs the ECs that the row explains
 * @param answers the codes that the row explains; in the file, a part of the message follows a colon
 * @param denial the AccessDeniedDetail that the row explains
 * @param cause the code of the cause
 * @param page the official page, where the answer names no EC
 * @param less whether AccessDeniedDetail explains the error better
 * @param ofText whether the request's own text may explain the error better: a URL that was cut, a signature of another service
 */
record AnswerRow(
        List<String> ecs,
        List<ErrorPattern> answers,
        Optional<Denial> denial,
        String cause,
        Template sentence,
        Optional<String> page,
        boolean less,
        boolean ofText) {
    /** A code, and a part of its message; empty for any message. */
    record ErrorPattern(String code, String part) {
        private static ErrorPattern of(String text) {
            int colon = text.indexOf(": ");
            return colon < 0
                    ? new ErrorPattern(text, "")
                    : new ErrorPattern(text.substring(0, colon), text.substring(colon + 2));
        }
    }

    /** The members of AccessDeniedDetail. An empty type matches all types without a row of their own. */
    record Denial(String policyType, String noPermissionType) {}

    AnswerRow {
        ecs = List.copyOf(ecs);
        answers = List.copyOf(answers);
    }

    static AnswerRow read(Value value) throws InvalidDocumentException {
        Members row = Members.of(value);
        AnswerRow read = new AnswerRow(
                strings(row, "ec"),
                strings(row, "answer").stream().map(ErrorPattern::of).toList(),
                row.has("policyType")
                        ? Optional.of(new Denial(row.string("policyType"), row.string("noPermissionType")))
                        : Optional.empty(),
                row.string("cause"),
                new Template(row.string("sentence")),
                row.optionalString("page"),
                row.optionalBoolean("detail").orElse(false),
                row.optionalBoolean("request").orElse(false));
        row.done();
        return read;
    }

    private static List<String> strings(Members row, String name) throws InvalidDocumentException {
        List<String> texts = new ArrayList<>();
        for (Value text : row.list(name)) {
            texts.add(Members.string(text));
        }
        return texts;
    }

    boolean matches(ServerError error, boolean anyMessage) {
        return answers.stream()
                .anyMatch(pattern -> pattern.code().equals(error.code())
                        && pattern.part().isEmpty() == anyMessage
                        && error.message().contains(pattern.part()));
    }

    /**
     * A sentence with placeholders for values of the error. {@code [a|b]} is a when all values that a names by {@code {Name}} are present, else b (or nothing when there is no b). {@code {?Name}} requires a value and does not show it.
     */
    record Template(String text) {
        private static final Pattern FORM =
                Pattern.compile("[^\\[\\]{}]*(\\[[^\\[\\]{}]*(\\{[^\\[\\]{}]+}[^\\[\\]{}]*)+][^\\[\\]{}]*)*");

        /** @throws IllegalArgumentException when brackets do not close or contain no value, or a value is outside of brackets, where it might be missing */
        Template {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "a value must be in brackets, and brackets must contain a value: " + text);
            }
        }

        /** @param values the known values, by name */
        String fill(Function<String, Optional<String>> values) {
            StringBuilder sentence = new StringBuilder(text.length() + 64);
            int at = 0;
            for (int open = text.indexOf('['); open >= 0; open = text.indexOf('[', at)) {
                int close = text.indexOf(']', open);
                sentence.append(text, at, open).append(choice(text.substring(open + 1, close), values));
                at = close + 1;
            }
            return sentence.append(text.substring(at)).toString();
        }

        private static String choice(String inside, Function<String, Optional<String>> values) {
            int bar = inside.indexOf('|');
            String first = bar < 0 ? inside : inside.substring(0, bar);
            return filled(first, values).orElse(bar < 0 ? "" : inside.substring(bar + 1));
        }

        /** Empty when a value is missing. */
        private static Optional<String> filled(String piece, Function<String, Optional<String>> values) {
            StringBuilder out = new StringBuilder(piece.length() + 32);
            int at = 0;
            for (int open = piece.indexOf('{'); open >= 0; open = piece.indexOf('{', at)) {
                int close = piece.indexOf('}', open);
                String name = piece.substring(open + 1, close);
                boolean shown = !name.startsWith("?");
                Optional<String> value = values.apply(shown ? name : name.substring(1));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                out.append(piece, at, open).append(shown ? value.get() : "");
                at = close + 1;
            }
            return Optional.of(out.append(piece.substring(at)).toString());
        }
    }
}

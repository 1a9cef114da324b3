package io.countersign.policy;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges plain statements as the rules read, with nothing of the code that it is compared with: what is unknown is {@code Optional.empty()}. */
final class ReferenceAuthorizer {
    private ReferenceAuthorizer() {}

    record Plain(boolean deny, List<Compared> clauses) {}

    /** One key below one operator. */
    record Compared(String operator, String key, List<String> values) {}

    /** @param states the value of each known key, {@code Optional.empty()} for an absent key; a key without an entry is unknown */
    static boolean allows(List<Plain> statements, Map<String, Optional<String>> states) {
        boolean denied = statements.stream()
                .filter(Plain::deny)
                .anyMatch(statement -> statement.clauses().stream()
                        .allMatch(clause -> holds(clause, states).orElse(true)));
        boolean allowed = statements.stream()
                .filter(statement -> !statement.deny())
                .anyMatch(statement -> statement.clauses().stream()
                        .allMatch(clause -> holds(clause, states).orElse(false)));
        return allowed && !denied;
    }

    private static Optional<Boolean> holds(Compared clause, Map<String, Optional<String>> states) {
        boolean negated = clause.operator().contains("Not");
        if (!states.containsKey(clause.key())) {
            return Optional.empty();
        }
        Optional<String> told = states.get(clause.key());
        if (told.isEmpty()) {
            return Optional.of(negated);
        }
        try {
            boolean any = false;
            for (String value : clause.values()) {
                any |= matches(clause.operator().replace("Not", ""), told.get(), value);
            }
            return Optional.of(any != negated);
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean matches(String operator, String actual, String value) {
        return switch (operator) {
            case "StringEquals" -> actual.equals(value);
            case "StringEqualsIgnoreCase" -> actual.equalsIgnoreCase(value);
            case "StringLike" ->
                Pattern.matches(Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), actual);
            case "Bool" -> bool(actual) == bool(value);
            case "IpAddress" -> block(actual).equals(block(value));
            default ->
                operator.startsWith("Numeric")
                        ? ordered(operator.substring(7), new BigDecimal(actual).compareTo(new BigDecimal(value)))
                        : ordered(
                                operator.substring(4),
                                OffsetDateTime.parse(actual)
                                        .toInstant()
                                        .compareTo(OffsetDateTime.parse(value).toInstant()));
        };
    }

    private static boolean ordered(String comparison, int order) {
        return switch (comparison) {
            case "Equals" -> order == 0;
            case "LessThan" -> order < 0;
            case "LessThanEquals" -> order <= 0;
            case "GreaterThan" -> order > 0;
            case "GreaterThanEquals" -> order >= 0;
            default -> throw new AssertionError(comparison);
        };
    }

    private static boolean bool(String text) {
        if (!List.of("true", "false").contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    /** The block of 256 addresses: the only ones that are compared here. */
    private static String block(String text) {
        if (!Pattern.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+(/24)?", text)) {
            throw new IllegalArgumentException(text);
        }
        return text.substring(0, text.lastIndexOf('.'));
    }
}

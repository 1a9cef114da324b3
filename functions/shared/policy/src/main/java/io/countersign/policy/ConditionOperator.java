package io.countersign.policy;

import io.countersign.policy.ConditionOperator.Kind.OfBool;
import io.countersign.policy.ConditionOperator.Kind.OfDate;
import io.countersign.policy.ConditionOperator.Kind.OfIp;
import io.countersign.policy.ConditionOperator.Kind.OfNumber;
import io.countersign.policy.ConditionOperator.Kind.OfText;
import java.util.Optional;

/**
 * The operators of a Condition (docs/protocol.md 9, grammar), by their exact names. A negated one is true when none of
 * its values matches.
 */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", new OfText(false, false), false),
    STRING_NOT_EQUALS("StringNotEquals", new OfText(false, false), true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", new OfText(true, false), false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", new OfText(true, false), true),
    STRING_LIKE("StringLike", new OfText(false, true), false),
    STRING_NOT_LIKE("StringNotLike", new OfText(false, true), true),
    NUMERIC_EQUALS("NumericEquals", new OfNumber(Comparison.EQUAL), false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", new OfNumber(Comparison.EQUAL), true),
    NUMERIC_LESS_THAN("NumericLessThan", new OfNumber(Comparison.LESS), false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", new OfNumber(Comparison.LESS_OR_EQUAL), false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", new OfNumber(Comparison.GREATER), false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", new OfNumber(Comparison.GREATER_OR_EQUAL), false),
    DATE_EQUALS("DateEquals", new OfDate(Comparison.EQUAL), false),
    DATE_NOT_EQUALS("DateNotEquals", new OfDate(Comparison.EQUAL), true),
    DATE_LESS_THAN("DateLessThan", new OfDate(Comparison.LESS), false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", new OfDate(Comparison.LESS_OR_EQUAL), false),
    DATE_GREATER_THAN("DateGreaterThan", new OfDate(Comparison.GREATER), false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", new OfDate(Comparison.GREATER_OR_EQUAL), false),
    BOOL("Bool", new OfBool(), false),
    IP_ADDRESS("IpAddress", new OfIp(), false),
    NOT_IP_ADDRESS("NotIpAddress", new OfIp(), true);

    private final String text;
    private final Kind kind;
    private final boolean negated;

    ConditionOperator(String text, Kind kind, boolean negated) {
        this.text = text;
        this.kind = kind;
        this.negated = negated;
    }

    Kind kind() {
        return kind;
    }

    boolean negated() {
        return negated;
    }

    static Optional<ConditionOperator> of(String text) {
        for (ConditionOperator operator : values()) {
            if (operator.text.equals(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** The type of an operator's values and their comparison. */
    sealed interface Kind {
        /** @param wildcards whether {@code *} and {@code ?} in the policy's value are wildcards */
        record OfText(boolean ignoringCase, boolean wildcards) implements Kind {}

        record OfNumber(Comparison comparison) implements Kind {}

        record OfDate(Comparison comparison) implements Kind {}

        record OfBool() implements Kind {}

        record OfIp() implements Kind {}
    }

    /** How a Numeric or Date operator compares the request's value with the policy's. */
    enum Comparison {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** @param order negative, zero or positive, as {@link Comparable#compareTo} answers */
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }
}

package io.countersign.policy;

/** What an operator reads values as, and how it compares them. */
sealed interface OperatorKind {
    /** @param wildcards whether {@code *} and {@code ?} in the policy's value are wildcards */
    record OfText(boolean ignoringCase, boolean wildcards) implements OperatorKind {}

    record OfNumber(Comparison comparison) implements OperatorKind {}

    record OfDate(Comparison comparison) implements OperatorKind {}

    record OfBool() implements OperatorKind {}

    record OfIp() implements OperatorKind {}
}

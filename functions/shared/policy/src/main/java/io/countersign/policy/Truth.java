package io.countersign.policy;

/** The value of a condition: Kleene's three-valued logic, from the least to the greatest. */
enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** The conjunction: false as soon as one operand is false, whatever the other is. */
    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }
}

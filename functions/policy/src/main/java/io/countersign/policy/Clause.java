package io.countersign.policy;

/** One key below one operator of a Condition. */
record Clause(ClauseKey key, boolean negated, ValueMatcher matcher) {
    /** A negated operator holds when its opposite does not; so it holds of a key that is absent. */
    Truth judge(KeyState state) {
        return switch (state) {
            case KeyState.Told(String value) -> negated ? matcher.ask(value).not() : matcher.ask(value);
            case KeyState.Absent absent -> Truth.of(negated);
            case KeyState.Unknown unknown -> Truth.UNKNOWN;
        };
    }
}

package io.countersign.policy;

/** One key below one operator of a Condition. */
record Clause(ClauseKey key, boolean negated, ValueMatcher matcher) {
    /** A negated operator holds when its opposite does not; so it holds of a key that is absent. Of a value that is too long nobody says whether it matches. */
    Truth judge(KeyState state, Steps steps) {
        return switch (state) {
            case KeyState.Told(String value) when value.length() > Limits.VALUE -> Truth.UNKNOWN;
            case KeyState.Told(String value) ->
                negated ? matcher.ask(value, steps).not() : matcher.ask(value, steps);
            case KeyState.Absent absent -> Truth.of(negated);
            case KeyState.Unknown unknown -> Truth.UNKNOWN;
        };
    }
}

package io.countersign.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One key below one operator of a Condition. */
record Clause(ClauseKey key, boolean negated, ValueMatcher matcher) {
    /** A negated operator holds when its opposite does not; so it holds of a key that is absent. Of a value that is too long nobody says whether it matches. */
    Truth judge(KeyState state, StepBudget steps) {
        return switch (state) {
            case KeyState.Told(String value) when value.length() > DocumentReader.Limits.VALUE -> Truth.UNKNOWN;
            case KeyState.Told(String value) ->
                negated ? matcher.ask(value, steps).not() : matcher.ask(value, steps);
            case KeyState.Absent absent -> Truth.of(negated);
            case KeyState.Unknown unknown -> Truth.UNKNOWN;
        };
    }

    /** One key below one operator, as it was written: its variables still open. */
    sealed interface ClauseSource {
        ClauseKey key();

        Set<String> variables();

        /** The clause with its variables filled in. Where a claim is absent, the clause holds for whatever the claim might have been. */
        Clause fill(Map<String, String> claims);

        /** String operators, the only ones with variables. */
        record OfText(ClauseKey key, boolean negated, boolean ignoringCase, List<Template> values)
                implements ClauseSource {
            public OfText {
                values = List.copyOf(values);
            }

            @Override
            public Set<String> variables() {
                Set<String> names = new LinkedHashSet<>();
                values.forEach(value -> names.addAll(value.variables()));
                return names;
            }

            @Override
            public Clause fill(Map<String, String> claims) {
                List<Glob> globs = values.stream()
                        .filter(value -> !negated || value.isFilledBy(claims))
                        .map(value -> value.fill(claims))
                        .toList();
                return new Clause(key, negated, new ValueMatcher.TextMatcher(globs, ignoringCase));
            }
        }

        record OfOther(Clause clause) implements ClauseSource {
            @Override
            public ClauseKey key() {
                return clause.key();
            }

            @Override
            public Set<String> variables() {
                return Set.of();
            }

            @Override
            public Clause fill(Map<String, String> claims) {
                return clause;
            }
        }
    }
}

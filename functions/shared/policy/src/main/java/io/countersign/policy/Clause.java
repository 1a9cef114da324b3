package io.countersign.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One key of one operator of a Condition. */
record Clause(ClauseKey key, boolean negated, ValueMatcher matcher) {
    /**
     * A negated operator is true when its opposite is false, so it is true for an absent key. For a value that is too
     * long the result is unknown.
     */
    Truth judge(KeyState state, StepBudget budget) {
        return switch (state) {
            case KeyState.Told(String value) when value.length() > DocumentReader.Limits.VALUE -> Truth.UNKNOWN;
            case KeyState.Told(String value) ->
                negated ? matcher.judge(value, budget).not() : matcher.judge(value, budget);
            case KeyState.Absent absent -> Truth.of(negated);
            case KeyState.Unknown unknown -> Truth.UNKNOWN;
        };
    }

    /** One key of one operator before its variables are filled in. */
    sealed interface Source {
        ClauseKey key();

        Set<String> variables();

        /** Whether there is a claim for every variable. */
        boolean isFilledBy(Map<String, String> claims);

        /**
         * Returns the clause with its variables filled in. Where a claim is absent, the clause is true if some value
         * of the claim makes it true.
         */
        Clause fill(Map<String, String> claims);

        /** String operators, the only ones with variables. */
        record OfText(ClauseKey key, boolean negated, boolean ignoringCase, List<Template> values) implements Source {
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
            public boolean isFilledBy(Map<String, String> claims) {
                for (Template value : values) {
                    if (!value.isFilledBy(claims)) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public Clause fill(Map<String, String> claims) {
                List<Glob> globs = new ArrayList<>(values.size());
                for (Template value : values) {
                    if (!negated || value.isFilledBy(claims)) {
                        globs.add(value.fill(claims));
                    }
                }
                return new Clause(key, negated, new ValueMatcher.TextMatcher(globs, ignoringCase));
            }
        }

        record OfOther(Clause clause) implements Source {
            @Override
            public ClauseKey key() {
                return clause.key();
            }

            @Override
            public Set<String> variables() {
                return Set.of();
            }

            @Override
            public boolean isFilledBy(Map<String, String> claims) {
                return true;
            }

            @Override
            public Clause fill(Map<String, String> claims) {
                return clause;
            }
        }
    }
}

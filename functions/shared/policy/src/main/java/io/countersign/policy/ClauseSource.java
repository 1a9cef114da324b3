package io.countersign.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One key below one operator, as it was written: its variables still open. */
sealed interface ClauseSource {
    ClauseKey key();

    Set<String> variables();

    /** The clause with its variables filled in. Where a claim is absent, the clause holds for whatever the claim might have been. */
    Clause fill(Map<String, String> claims);

    /** String operators, the only ones with variables. */
    record OfText(ClauseKey key, boolean negated, boolean ignoringCase, List<Template> values) implements ClauseSource {
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
            return new Clause(key, negated, new TextMatcher(globs, ignoringCase));
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

package io.countersign.policy;

import io.countersign.policy.ValueMatcher.Answer;
import java.util.List;

/** One key below one operator of a Condition. */
record Clause(String key, boolean negated, ValueMatcher matcher) {
    /**
     * Whether the clause holds. Of several values of the request one match is enough (or, negated, spoils it).
     * What cannot be told, because the key is absent or unreadable, counts against an Allow, and for a Deny when the operator is negated.
     */
    boolean holds(Conditions conditions, Effect effect) {
        List<String> values = conditions.values(key);
        boolean matches = false;
        boolean untold = values.isEmpty();
        for (String value : values) {
            Answer answer = matcher.ask(value);
            matches |= answer == Answer.MATCHES;
            untold |= answer == Answer.UNREADABLE;
        }
        return switch (effect) {
            case ALLOW -> !untold && matches != negated;
            case DENY -> negated ? untold || !matches : matches;
        };
    }
}

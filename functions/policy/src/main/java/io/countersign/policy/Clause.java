package io.countersign.policy;

import java.util.List;

/** One key below one operator of a Condition. */
record Clause(String key, boolean negated, ValueMatcher matcher) {
    /**
     * Whether the clause holds of what the request has for its key. Of several values one match is enough (or, negated, spoils it).
     * What cannot be told, because the key is absent or unreadable, counts against an Allow, and for a Deny when the operator is negated.
     */
    boolean holds(List<String> values, Effect effect) {
        boolean matches = false;
        boolean untold = values.isEmpty();
        for (String value : values) {
            switch (matcher.ask(value)) {
                case MATCHES -> matches = true;
                case UNREADABLE -> untold = true;
                case DIFFERS -> {}
            }
        }
        return switch (effect) {
            case ALLOW -> !untold && matches != negated;
            case DENY -> negated ? untold || !matches : matches;
        };
    }
}

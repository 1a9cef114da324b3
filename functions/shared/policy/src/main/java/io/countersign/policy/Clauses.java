package io.countersign.policy;

import java.util.List;

/** The Condition of a statement: all of its clauses must be true. An empty one is always true. */
record Clauses(List<Clause> all) {
    Clauses {
        all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Truth judge(KeyStates states, StepBudget budget) {
        Truth judged = Truth.TRUE;
        for (Clause clause : all) {
            judged = judged.and(clause.judge(states.state(clause.key()), budget));
            if (judged == Truth.FALSE) {
                return judged;
            }
        }
        return judged;
    }

    /**
     * Returns the keys whose clauses have an unknown value, because the key is unknown or its value does not have the
     * operator's type.
     */
    List<ClauseKey> unknown(KeyStates states, StepBudget budget) {
        return all.stream()
                .filter(clause -> clause.judge(states.state(clause.key()), budget) == Truth.UNKNOWN)
                .map(Clause::key)
                .toList();
    }

    /** The known keys for the clauses of a statement. */
    interface KeyStates {
        KeyState state(ClauseKey key);
    }
}

package io.countersign.policy;

import java.util.List;

/** The Condition of a statement: all of its clauses must hold. Without any it always holds. */
record Clauses(List<Clause> all) {
    Clauses {
        all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Truth judge(KeyStates states, StepBudget steps) {
        Truth judged = Truth.TRUE;
        for (Clause clause : all) {
            judged = judged.and(clause.judge(states.state(clause.key()), steps));
            if (judged == Truth.FALSE) {
                return judged;
            }
        }
        return judged;
    }

    /** The keys for which nobody can say whether their clauses hold: they were not told, or cannot be read as what the operator compares. */
    List<ClauseKey> unknown(KeyStates states, StepBudget steps) {
        return all.stream()
                .filter(clause -> clause.judge(states.state(clause.key()), steps) == Truth.UNKNOWN)
                .map(Clause::key)
                .toList();
    }

    /** All that is known for the clauses of a statement. */
    interface KeyStates {
        KeyState state(ClauseKey key);
    }
}

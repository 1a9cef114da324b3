package io.countersign.policy;

/** All that is known for the clauses of a statement. */
interface KeyStates {
    KeyState state(ClauseKey key);
}

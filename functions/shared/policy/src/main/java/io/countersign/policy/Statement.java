package io.countersign.policy;

import java.util.Optional;

/**
 * One compiled statement.
 *
 * @param index its place in the document, from 0
 * @param principals in bucket policies only
 */
record Statement(
        int index,
        Effect effect,
        ActionSet actions,
        ResourceSet resources,
        Optional<PrincipalSet> principals,
        Clauses clauses) {
    /** Whether it applies: to decide, an Allow must cover all that is asked for, and a Deny bites when it meets any of it. */
    boolean matches(Asked asked) {
        return speaksOf(asked) && effect.applies(asked.judge(clauses), asked.doubt());
    }

    /** Whether it would match if keys that are unknown had the values that it asks for, and might not if they had others. */
    boolean isUndecided(Asked asked) {
        return !clauses.isEmpty() && speaksOf(asked) && asked.judge(clauses) == Truth.UNKNOWN;
    }

    private boolean speaksOf(Asked asked) {
        asked.steps().take(1);
        return actions.speaksOf(asked.action(), asked.steps()) && speaksOfResource(asked) && includes(asked);
    }

    private boolean speaksOfResource(Asked asked) {
        return effect.applies(asked.doubt())
                ? resources.meets(asked.resource(), asked.steps())
                : resources.covers(asked.resource(), asked.steps());
    }

    private boolean includes(Asked asked) {
        return principals.isEmpty()
                || principals
                        .get()
                        .includes(asked.principal(), asked.resource().owner(), !clauses.isEmpty(), asked.steps());
    }
}

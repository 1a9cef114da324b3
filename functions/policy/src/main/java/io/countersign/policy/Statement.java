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
        return speaksOf(asked) && effect.applies(clauses.judge(asked), asked.doubt());
    }

    /** Whether it would match if keys that are unknown had the values that it asks for, and might not if they had others. */
    boolean isUndecided(Asked asked) {
        return !clauses.isEmpty() && speaksOf(asked) && clauses.judge(asked) == Truth.UNKNOWN;
    }

    private boolean speaksOf(Asked asked) {
        return actions.speaksOf(asked.action()) && speaksOf(asked.resource(), asked.doubt()) && includes(asked);
    }

    private boolean speaksOf(ResourceName resource, Doubt doubt) {
        return effect.applies(doubt) ? resources.meets(resource) : resources.covers(resource);
    }

    private boolean includes(Asked asked) {
        return principals.isEmpty()
                || principals.get().includes(asked.principal(), asked.resource().owner(), !clauses.isEmpty());
    }
}

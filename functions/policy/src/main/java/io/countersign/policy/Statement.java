package io.countersign.policy;

import java.util.List;
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
        List<Clause> clauses) {
    /** An Allow must cover all that is asked for; a Deny bites when it meets any of it. */
    boolean matches(Asked asked) {
        return actions.speaksOf(asked.action()) && speaksOf(asked.resource()) && includes(asked) && holds(asked);
    }

    private boolean speaksOf(ResourceName resource) {
        return switch (effect) {
            case ALLOW -> resources.covers(resource);
            case DENY -> resources.meets(resource);
        };
    }

    private boolean includes(Asked asked) {
        return principals.isEmpty()
                || principals.get().includes(asked.principal(), asked.resource().owner(), !clauses.isEmpty());
    }

    private boolean holds(Asked asked) {
        for (Clause clause : clauses) {
            if (!clause.holds(asked.values(clause.key()), effect)) {
                return false;
            }
        }
        return true;
    }
}

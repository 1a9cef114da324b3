package io.countersign.policy;

import java.util.Optional;

/**
 * One right as the statements are asked about it: worked out once, asked many times.
 *
 * @param judgements what is remembered from one right of a request to the next; empty where there is one right alone
 * @param steps what the request may still cost
 */
record Asked(
        String action,
        ResourceName resource,
        Principal principal,
        Conditions conditions,
        PlaceTags tags,
        Doubt doubt,
        Optional<Judgements> judgements,
        Steps steps)
        implements KeyStates {
    static Asked of(
            NeededRight needed,
            Principal principal,
            Conditions conditions,
            Doubt doubt,
            Optional<Judgements> judgements,
            Steps steps) {
        return new Asked(
                Letters.lower(needed.right().action()),
                ResourceName.of(needed, principal),
                principal,
                conditions,
                needed.tags(),
                doubt,
                judgements,
                steps);
    }

    /** What the Condition of a statement says. */
    Truth judge(Clauses clauses) {
        if (clauses.isEmpty()) {
            return Truth.TRUE;
        }
        return judgements.isEmpty()
                ? clauses.judge(this, steps)
                : judgements.get().of(clauses, this);
    }

    /** The same about another action on the same place. */
    Asked about(String other) {
        return new Asked(Letters.lower(other), resource, principal, conditions, tags, doubt, judgements, steps);
    }

    @Override
    public KeyState state(ClauseKey key) {
        return switch (key) {
            case ClauseKey.OfRequest(ConditionKey own) -> conditions.state(own);
            case ClauseKey.OfPrincipal principalsOwn -> principalArn();
            case ClauseKey.OfTag(TagFamily family, String name) -> tags(family).state(name);
            case ClauseKey.OfElsewhere other -> KeyState.unknown();
        };
    }

    /** The anonymous have none. */
    private KeyState principalArn() {
        String arn = principal.identityArn();
        return KeyState.found(arn.isEmpty() ? Optional.empty() : Optional.of(arn));
    }

    private Tags tags(TagFamily family) {
        return switch (family) {
            case BUCKET -> tags.bucket();
            case EXISTING_OBJECT -> tags.object();
            case REQUEST_OBJECT -> conditions.requestObjectTags();
            case RESOURCE -> tags.resource();
        };
    }
}

package io.countersign.policy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One right as the statements are asked about it: worked out once, asked many times.
 *
 * @param judgements what is remembered from one right of a request to the next; empty where there is one right alone
 * @param steps what the request may still cost
 */
record AuthorizationQuery(
        String action,
        ResourceName resource,
        Principal principal,
        Conditions conditions,
        PlaceTags tags,
        Doubt doubt,
        Optional<Judgements> judgements,
        StepBudget steps)
        implements Clauses.KeyStates {
    static AuthorizationQuery of(
            NeededRight needed,
            Principal principal,
            Conditions conditions,
            Doubt doubt,
            Optional<Judgements> judgements,
            StepBudget steps) {
        return new AuthorizationQuery(
                CaseFolding.lower(needed.right().action()),
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
    AuthorizationQuery about(String other) {
        return new AuthorizationQuery(
                CaseFolding.lower(other), resource, principal, conditions, tags, doubt, judgements, steps);
    }

    @Override
    public KeyState state(ClauseKey key) {
        return switch (key) {
            case ClauseKey.OfRequest(ConditionKey own) -> conditions.state(own);
            case ClauseKey.OfPrincipal principalsOwn -> principalArn();
            case ClauseKey.OfTag(ClauseKey.TagFamily family, String name) ->
                tags(family).state(name);
            case ClauseKey.OfElsewhere other -> KeyState.unknown();
        };
    }

    /** The anonymous have none. */
    private KeyState principalArn() {
        String arn = principal.identityArn();
        return KeyState.found(arn.isEmpty() ? Optional.empty() : Optional.of(arn));
    }

    private PlaceTags.Tags tags(ClauseKey.TagFamily family) {
        return switch (family) {
            case BUCKET -> tags.bucket();
            case EXISTING_OBJECT -> tags.object();
            case REQUEST_OBJECT -> conditions.requestObjectTags();
            case RESOURCE -> tags.resource();
        };
    }

    /**
     * What the Conditions of statements say of one request. A Condition asks about the request and the tags of the place, not about the action or the key: it is
     * judged once for all rights whose places have the same tags, however many keys a request names.
     */
    static final class Judgements {
        private final List<OfPlace> places = new ArrayList<>(1);

        private record OfPlace(PlaceTags tags, Map<Clauses, Truth> judged) {}

        Truth of(Clauses clauses, AuthorizationQuery asked) {
            Map<Clauses, Truth> judged = at(asked.tags());
            Truth known = judged.get(clauses);
            if (known != null) {
                return known;
            }
            Truth truth = clauses.judge(asked, asked.steps());
            judged.put(clauses, truth);
            return truth;
        }

        private Map<Clauses, Truth> at(PlaceTags tags) {
            for (OfPlace place : places) {
                if (place.tags().equals(tags)) {
                    return place.judged();
                }
            }
            // Two Conditions of different documents may say the same; telling them apart costs less than comparing
            // them.
            OfPlace fresh = new OfPlace(tags, new IdentityHashMap<>());
            places.add(fresh);
            return fresh.judged();
        }
    }

    /** What counts where a statement may apply or not: keys of its Condition are unknown, or it speaks of some of the paths that a right is needed on. */
    enum Doubt {
        /** What keeps a right from being given: a Deny applies, an Allow does not. Every decision is made so. */
        REFUSES,
        /** What may give a right: an Allow applies, a Deny does not. It tells what somebody might be allowed somewhere. */
        ALLOWS
    }
}

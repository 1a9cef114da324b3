package io.countersign.policy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One right in the form in which statements are evaluated against it. It is computed once for all statements.
 *
 * @param judgements the Conditions evaluated for earlier rights of the request; empty for a single right
 * @param budget the remaining cost of the request
 */
record AuthorizationQuery(
        String action,
        ResourceName resource,
        Principal principal,
        Conditions conditions,
        PlaceTags tags,
        Doubt doubt,
        Optional<Judgements> judgements,
        StepBudget budget)
        implements Clauses.KeyStates {
    static AuthorizationQuery of(
            NeededRight needed,
            Principal principal,
            Conditions conditions,
            Doubt doubt,
            Optional<Judgements> judgements,
            StepBudget budget) {
        return new AuthorizationQuery(
                CaseFolding.lowerAction(needed.right().action()),
                ResourceName.of(needed, principal),
                principal,
                conditions,
                needed.tags(),
                doubt,
                judgements,
                budget);
    }

    /** Returns the value of a statement's Condition. */
    Truth judge(Clauses clauses) {
        if (clauses.isEmpty()) {
            return Truth.TRUE;
        }
        return judgements.isEmpty()
                ? clauses.judge(this, budget)
                : judgements.get().of(clauses, this);
    }

    /** Returns the same query with another action. */
    AuthorizationQuery about(String other) {
        return new AuthorizationQuery(
                CaseFolding.lowerAction(other), resource, principal, conditions, tags, doubt, judgements, budget);
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

    /** Anonymous principals have no ARN. */
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
     * The values of Conditions for one request. A Condition depends on the request and the tags of the resource, not
     * on the action or the key: it is evaluated once for all rights whose resources have the same tags, however many
     * keys a request names.
     */
    static final class Judgements {
        private final List<OfPlace> places = new ArrayList<>(1);

        private record OfPlace(PlaceTags tags, Map<Clauses, Truth> judged) {}

        Truth of(Clauses clauses, AuthorizationQuery query) {
            Map<Clauses, Truth> judged = at(query.tags());
            Truth known = judged.get(clauses);
            if (known != null) {
                return known;
            }
            Truth truth = clauses.judge(query, query.budget());
            judged.put(clauses, truth);
            return truth;
        }

        private Map<Clauses, Truth> at(PlaceTags tags) {
            for (OfPlace place : places) {
                if (place.tags().equals(tags)) {
                    return place.judged();
                }
            }
            // Conditions of different documents may be equal. Comparing them costs more than evaluating both.
            OfPlace fresh = new OfPlace(tags, new IdentityHashMap<>());
            places.add(fresh);
            return fresh.judged();
        }
    }

    /**
     * The rule for a statement that may or may not apply, because keys of its Condition are unknown, or because it
     * matches some of the paths of a right.
     */
    enum Doubt {
        /** The doubt refuses the right: a Deny applies, an Allow does not. Every decision uses this rule. */
        REFUSES,
        /**
         * The doubt grants the right: an Allow applies, a Deny does not. It finds out which rights are possible at
         * all.
         */
        ALLOWS
    }
}

package io.countersign.policy;

import io.countersign.oss.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a principal has all rights that a request needs (docs/protocol.md 9, evaluation). Each right is
 * evaluated on its own, in this order:
 *
 * <ol>
 *   <li>an explicit Deny in any policy of the principal or of the bucket is final, for a right on one version also a
 *       Deny of the {@linkplain Right#plain right without it};
 *   <li>a session policy that does not allow is final: nothing else can give a session more than it was made for;
 *   <li>the owning account's full rights, an Allow of the principal's own policies (on its own account's buckets only)
 *       or of the bucket's policy is final, and a private ACL does not override it;
 *   <li>for object operations, the object's ACL, or the bucket's when the object has none.
 * </ol>
 */
public final class Authorizer {
    /** The number of steps that most rights need. */
    private static final int STEPS = 3;

    private Authorizer() {}

    /**
     * @param rights all rights of the request, at least one
     * @param conditions the known keys of the request; {@code acs:PrincipalARN} is taken from the principal
     * @throws IllegalArgumentException when there are no rights, because nothing would be evaluated
     */
    public static Decision decide(Principal principal, List<NeededRight> rights, Conditions conditions) {
        return decide(principal, rights, conditions, StepBudget.ofRequest());
    }

    /**
     * As {@link #decide(Principal, List, Conditions)}, for a request with several decisions.
     *
     * @param budget the remaining cost of the whole request
     */
    public static Decision decide(
            Principal principal, List<NeededRight> rights, Conditions conditions, StepBudget budget) {
        return decide(principal, rights, conditions, AuthorizationQuery.Doubt.REFUSES, budget);
    }

    /**
     * Whether a principal could have all rights for some values of the unknown keys. It is no decision; it limits what
     * a signature of the principal could grant.
     *
     * <p>It is also true when the budget is insufficient.
     *
     * @param rights as for {@link #decide}
     * @param budget as for {@link #decide}
     */
    public static boolean mightAllow(
            Principal principal, List<NeededRight> rights, Conditions conditions, StepBudget budget) {
        return switch (decide(principal, rights, conditions, AuthorizationQuery.Doubt.ALLOWS, budget)) {
            case Decision.Allowed allowed -> true;
            case Decision.TooCostly unsaid -> true;
            case Decision.Denied denied -> false;
        };
    }

    private static Decision decide(
            Principal principal,
            List<NeededRight> rights,
            Conditions conditions,
            AuthorizationQuery.Doubt doubt,
            StepBudget budget) {
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one right");
        }
        List<TraceStep> trace = new ArrayList<>(STEPS * rights.size());
        Optional<AuthorizationQuery.Judgements> judgements =
                rights.size() == 1 ? Optional.empty() : Optional.of(new AuthorizationQuery.Judgements());
        try {
            for (NeededRight right : rights) {
                AuthorizationQuery query =
                        AuthorizationQuery.of(right, principal, conditions, doubt, judgements, budget);
                Optional<Decision.DenialReason> denied = new RightEvaluator(principal, right, query, trace).judge();
                if (denied.isPresent()) {
                    return new Decision.Denied(trace, denied.get());
                }
            }
            return new Decision.Allowed(trace);
        } catch (StepBudget.Spent spent) {
            trace.add(new TraceStep("steps", TraceStep.Outcome.DENY, Decision.TooCostly.ADVICE));
            return new Decision.TooCostly(trace);
        }
    }
}

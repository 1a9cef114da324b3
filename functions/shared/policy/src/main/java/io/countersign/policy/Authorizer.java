package io.countersign.policy;

import io.countersign.oss.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a principal has all rights that a request needs (protocol.md 9, evaluation). For each right by itself, in this order:
 *
 * <ol>
 *   <li>an explicit Deny in any of the principal's policies or the bucket's is final, for a right on one version also a Deny of the {@linkplain Right#plain right without it};
 *   <li>a session policy that does not allow is final: nothing else can give a session more than it was made for;
 *   <li>the owning account's full rights, an Allow of the principal's own policies (on its own account's buckets only) or of the bucket's
 *       policy is final, and a private ACL never cancels it;
 *   <li>for object operations, the object's ACL, and when it has none the bucket's.
 * </ol>
 */
public final class Authorizer {
    /** What most rights take. */
    private static final int STEPS = 3;

    private Authorizer() {}

    /**
     * @param rights all that the request needs, at least one
     * @param conditions what is known of the request; {@code acs:PrincipalARN} is taken from the principal
     * @throws IllegalArgumentException when no right is named: nothing would have been judged
     */
    public static Decision decide(Principal principal, List<NeededRight> rights, Conditions conditions) {
        return decide(principal, rights, conditions, StepBudget.ofRequest());
    }

    /**
     * As {@link #decide(Principal, List, Conditions)}, as a part of a request for which more is decided.
     *
     * @param steps what the whole request may still cost
     */
    public static Decision decide(
            Principal principal, List<NeededRight> rights, Conditions conditions, StepBudget steps) {
        return decide(principal, rights, conditions, AuthorizationQuery.Doubt.REFUSES, steps);
    }

    /**
     * Whether a principal might have all rights if what is unknown were known. It decides nothing; it says what somebody's signature could lend.
     *
     * <p>It is also true when the steps do not suffice to tell.
     *
     * @param rights as for {@link #decide}
     * @param steps as for {@link #decide}
     */
    public static boolean mightAllow(
            Principal principal, List<NeededRight> rights, Conditions conditions, StepBudget steps) {
        return switch (decide(principal, rights, conditions, AuthorizationQuery.Doubt.ALLOWS, steps)) {
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
            StepBudget steps) {
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one right");
        }
        List<TraceStep> trace = new ArrayList<>(STEPS * rights.size());
        Optional<AuthorizationQuery.Judgements> judgements =
                rights.size() == 1 ? Optional.empty() : Optional.of(new AuthorizationQuery.Judgements());
        try {
            for (NeededRight right : rights) {
                AuthorizationQuery asked =
                        AuthorizationQuery.of(right, principal, conditions, doubt, judgements, steps);
                Optional<Decision.DenialReason> denied = new RightEvaluator(principal, right, asked, trace).judge();
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

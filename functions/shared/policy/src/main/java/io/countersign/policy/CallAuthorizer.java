package io.countersign.policy;

import java.util.Optional;

/**
 * Decides calls about RAM resources, such as {@code sts:AssumeRole} on a role. Only the principal's own policies
 * count: an explicit Deny in any of them is final, then one of them must allow, and for a session its session policy
 * as well. The account itself has full rights on its own resources.
 */
public final class CallAuthorizer {
    private CallAuthorizer() {}

    /**
     * @param action such as {@code sts:AssumeRole}
     * @param owner the account of the resource, which may differ from the principal's
     * @param path the part after the owner in the resource's name: {@code role/mobile-app}
     * @param conditions the known keys of the call; {@code acs:PrincipalARN} is taken from the principal
     */
    public static CallDecision decide(
            Principal principal, String action, String owner, String path, Conditions conditions) {
        AuthorizationQuery query = new AuthorizationQuery(
                CaseFolding.lower(action),
                ResourceName.ofRam(owner, path),
                principal,
                conditions,
                PlaceTags.OF_ROLE,
                AuthorizationQuery.Doubt.REFUSES,
                Optional.empty(),
                StepBudget.ofRequest());
        try {
            return decide(principal, owner, query);
        } catch (StepBudget.Spent spent) {
            return new CallDecision.TooCostly();
        }
    }

    private static CallDecision decide(Principal principal, String owner, AuthorizationQuery query) {
        Policies policies = Policies.of(principal, Optional.empty());
        Optional<Statement.Ref> deny = policies.denying(query);
        if (deny.isPresent()) {
            return new CallDecision.Denied(deny);
        }
        if (principal instanceof Principal.Account account) {
            return account.accountId().equals(owner)
                    ? new CallDecision.Allowed()
                    : new CallDecision.Denied(Optional.empty());
        }
        boolean allowed = policies.identityAllowing(query).isPresent()
                && (policies.session().isEmpty()
                        || policies.sessionAllowing(query).isPresent());
        return allowed ? new CallDecision.Allowed() : new CallDecision.Denied(Optional.empty());
    }

    /** The decision on a call by the principal's own policies. */
    public sealed interface CallDecision {
        record Allowed() implements CallDecision {}

        /** @param statement the Deny that applied; empty when nothing allowed the call */
        record Denied(Optional<Statement.Ref> statement) implements CallDecision {}

        /** The decision would cost more than {@link StepBudget#OF_A_REQUEST}; the call is refused. */
        record TooCostly() implements CallDecision {}
    }
}

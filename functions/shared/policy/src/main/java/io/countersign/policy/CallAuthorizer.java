package io.countersign.policy;

import java.util.Optional;

/**
 * Decides calls that are about RAM's things and not about OSS's, such as {@code sts:AssumeRole} on a role. Only the principal's own policies have a say: an
 * explicit Deny in any of them is final, then one of them must allow, and for a session its session policy as well. The account itself may do everything with
 * what is its own.
 */
public final class CallAuthorizer {
    private CallAuthorizer() {}

    /**
     * @param action such as {@code sts:AssumeRole}
     * @param owner the account that the resource belongs to; may be another than the principal's
     * @param path what follows the owner in the resource's name: {@code role/mobile-app}
     * @param conditions what is known of the call; {@code acs:PrincipalARN} is taken from the principal
     */
    public static CallDecision decide(
            Principal principal, String action, String owner, String path, Conditions conditions) {
        AuthorizationQuery asked = new AuthorizationQuery(
                CaseFolding.lower(action),
                ResourceName.ofRam(owner, path),
                principal,
                conditions,
                PlaceTags.OF_ROLE,
                AuthorizationQuery.Doubt.REFUSES,
                Optional.empty(),
                StepBudget.ofRequest());
        try {
            return decide(principal, owner, asked);
        } catch (StepBudget.Spent spent) {
            return new CallDecision.TooCostly();
        }
    }

    private static CallDecision decide(Principal principal, String owner, AuthorizationQuery asked) {
        Policies policies = Policies.of(principal, Optional.empty());
        Optional<Statement.StatementRef> deny = policies.denying(asked);
        if (deny.isPresent()) {
            return new CallDecision.Denied(deny);
        }
        if (principal instanceof Principal.Account account) {
            return account.accountId().equals(owner)
                    ? new CallDecision.Allowed()
                    : new CallDecision.Denied(Optional.empty());
        }
        boolean allowed = policies.identityAllowing(asked).isPresent()
                && (policies.session().isEmpty()
                        || policies.sessionAllowing(asked).isPresent());
        return allowed ? new CallDecision.Allowed() : new CallDecision.Denied(Optional.empty());
    }

    /** Whether a principal's own policies let it make a call. */
    public sealed interface CallDecision {
        record Allowed() implements CallDecision {}

        /** @param statement the Deny that bit; empty when nothing allowed the call */
        record Denied(Optional<Statement.StatementRef> statement) implements CallDecision {}

        /** Judging it would take more than {@link StepBudget#OF_A_REQUEST}: the call is refused. */
        record TooCostly() implements CallDecision {}
    }
}

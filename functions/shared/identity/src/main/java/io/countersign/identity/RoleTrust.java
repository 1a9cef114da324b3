package io.countersign.identity;

import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.TrustPrincipal;
import io.countersign.policy.TrustRequest;
import io.countersign.registry.Role;
import java.time.Instant;
import java.util.Optional;

/** Asks a role's trust policy whether it admits a token of this provider. */
final class RoleTrust {
    private RoleTrust() {}

    /** @throws CallerRefusal NotTrusted */
    static void require(Role role, ProviderFinder.Match match, TokenClaims claims, Asker asker, Instant now)
            throws CallerRefusal {
        Conditions conditions = asker.conditions(now, Optional.empty())
                .noProof()
                .tell(ConditionKey.OIDC_ISSUER, claims.issuer())
                .tell(ConditionKey.OIDC_AUDIENCE, match.audience())
                .tell(ConditionKey.OIDC_SUBJECT, claims.subject())
                .build();
        TrustRequest request =
                new TrustRequest(new TrustPrincipal.Federated(match.provider().arn()), conditions);
        if (!role.trust().admits(request)) {
            throw new CallerRefusal(
                    CallerError.NOT_TRUSTED,
                    "The role's trust policy does not admit this provider's token; name another role or correct the trust policy.");
        }
    }
}

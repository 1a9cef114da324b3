package io.countersign.policy;

import java.util.Optional;

/** Who asks for a role. */
public sealed interface TrustPrincipal {
    /**
     * An account, a RAM user or a role, by its access key or session.
     *
     * @param arn {@link Principal#identityArn()}: a session asks as its role
     */
    record Ram(String arn, String accountId) implements TrustPrincipal {}

    /**
     * Somebody whom an identity provider vouches for.
     *
     * @param arn the provider's, {@code acs:ram::ID:oidc-provider/NAME} or {@code acs:ram::ID:saml-provider/NAME}
     */
    record Federated(String arn) implements TrustPrincipal {}

    /** Empty for the anonymous, who can ask for no role. */
    static Optional<TrustPrincipal> of(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> Optional.of(new Ram(account.identityArn(), account.accountId()));
            case Principal.RamUser user -> Optional.of(new Ram(user.identityArn(), user.accountId()));
            case Principal.AssumedRole role -> Optional.of(new Ram(role.identityArn(), role.accountId()));
            case Principal.Anonymous anonymous -> Optional.empty();
        };
    }
}

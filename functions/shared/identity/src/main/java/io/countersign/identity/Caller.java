package io.countersign.identity;

import io.countersign.identity.limits.LimitedSubject;
import io.countersign.policy.Principal;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.Role;
import java.time.Instant;
import java.util.Map;

/**
 * An authenticated bearer in a role, whose policies are filled in from the token. {@link io.countersign.policy.Authorizer} evaluates the policies for each request.
 *
 * @param provider the provider of the token, in the account of the role
 * @param audience the {@code aud} that belongs to the provider
 * @param subject the {@code sub} of the token: 1 to 255 printable characters
 * @param variables the claims that were filled in, by name
 * @param tokenIssued {@code iat}, in whole seconds
 * @param tokenExpires {@code exp}, in whole seconds
 */
public record Caller(
        OidcProvider provider,
        String audience,
        Role role,
        String subject,
        Principal.AssumedRole principal,
        Map<String, String> variables,
        Instant tokenIssued,
        Instant tokenExpires) {
    public Caller {
        variables = Map.copyOf(variables);
    }

    /** The account of the provider and the role. */
    public String accountId() {
        return principal.accountId();
    }

    /** Whose share of the role's limits this caller uses. */
    public LimitedSubject limited() {
        return new LimitedSubject(
                role.accountId(), role.roleId(), provider.revocable().key(), subject);
    }

    /** 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, the same for a subject each time. */
    public String sessionName() {
        return principal.sessionName();
    }
}

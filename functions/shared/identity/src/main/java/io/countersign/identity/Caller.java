package io.countersign.identity;

import io.countersign.policy.Principal;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.Role;
import java.time.Instant;
import java.util.Map;

/**
 * Somebody whom an identity provider vouches for, in a role whose policies are filled in from the token. It says who asks and what the policies are; whether
 * they allow something is for {@link io.countersign.policy.Authorizer} to say, each time.
 *
 * @param provider who vouches; of the same account as the role
 * @param audience the one {@code aud} that belongs to the provider
 * @param subject {@code sub} as it came: 1 to 255 printable characters
 * @param variables the claims that were filled in, by their names
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

    /** The account of provider and role. */
    public String accountId() {
        return principal.accountId();
    }

    /** 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, the same for one subject each time. */
    public String sessionName() {
        return principal.sessionName();
    }
}

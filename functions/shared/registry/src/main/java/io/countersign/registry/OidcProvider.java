package io.countersign.registry;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An OIDC identity provider of an account. Each pair of its issuer and one of its client ids belongs to no other provider, in any account.
 *
 * @param issuer compared exactly with {@code iss}
 * @param clientIds accepted as {@code aud}
 * @param defaultRole a role of the same account, taken when a caller names none
 * @param allowQueryToken whether {@code ?access_token=} is taken from its callers
 */
public record OidcProvider(
        String accountId,
        String name,
        String issuer,
        List<String> clientIds,
        JwksSource jwks,
        Optional<String> defaultRole,
        boolean allowQueryToken) {
    public OidcProvider {
        clientIds = List.copyOf(clientIds);
    }

    public String arn() {
        return "acs:ram::" + accountId + ":oidc-provider/" + name;
    }

    /** What its sessions are revoked by. */
    public RevocationItem.Revocable.OfProvider revocable() {
        return new RevocationItem.Revocable.OfProvider(accountId, name);
    }

    /** Where the public keys of a provider are. */
    public sealed interface JwksSource {
        /** Here: the JSON text of a JWK set, public keys alone. */
        record Inline(String json) implements JwksSource {}

        /** At this address: https, or http on loopback. */
        record At(URI uri) implements JwksSource {}
    }
}

package io.countersign.registry;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An OIDC identity provider of an account. A pair of issuer and client id belongs to one provider in the whole
 * registry.
 *
 * @param issuer compared exactly with {@code iss}
 * @param clientIds accepted as {@code aud}
 * @param defaultRole the role of the same account for callers that name none
 * @param allowQueryToken whether its callers may send {@code ?access_token=}
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

    /** The name under which its sessions are revoked. */
    public RevocationItem.Revocable.OfProvider revocable() {
        return new RevocationItem.Revocable.OfProvider(accountId, name);
    }

    /** The source of a provider's public keys. */
    public sealed interface JwksSource {
        /** The JSON text of a JWK set with public keys only. */
        record Inline(String json) implements JwksSource {}

        /** The address of a JWK set: https, or http on loopback. */
        record At(URI uri) implements JwksSource {}
    }
}

package io.countersign.identity;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds the provider of a token by its exact issuer and the one of its audiences that is registered. */
record ProviderFinder(KeyRegistry registry) {
    record Match(OidcProvider provider, String audience) {}

    /** @throws CallerRefusal UnknownIssuer when no audience is registered with this issuer, AmbiguousAudience when more than one is */
    Match find(TokenClaims claims, Later later, Instant now) throws CallerRefusal, StoreUnavailable {
        List<Match> matches = new ArrayList<>(1);
        registry.providers(claims.issuer(), claims.audiences(), later, now)
                .forEach((audience, provider) -> matches.add(new Match(provider, audience)));
        if (matches.size() == 1) {
            return matches.getFirst();
        }
        throw matches.isEmpty()
                ? new CallerRefusal(
                        CallerError.UNKNOWN_ISSUER,
                        "No provider is registered for the token's issuer and audience; both must be exactly as registered.")
                : new CallerRefusal(
                        CallerError.AMBIGUOUS_AUDIENCE,
                        "More than one of the token's audiences is registered; have it issued for one of them.");
    }
}

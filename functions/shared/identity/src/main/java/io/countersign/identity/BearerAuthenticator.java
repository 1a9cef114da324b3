package io.countersign.identity;

import io.countersign.http.BearerToken;
import io.countersign.http.Call;
import io.countersign.http.Refused;
import io.countersign.json.Value;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns a bearer JWT into a {@link Caller} in a role (DESIGN, One notion of a caller).
 *
 * <p>Guarantees: nothing of a token is believed before its signature holds under a key that its registered provider publishes, with an algorithm that belongs
 * to that key's type; the key is never chosen by the token; the role is one of the provider's account whose trust policy admits the token; a caller that is
 * answered has at least one Allow. Safe for any number of threads.
 */
public final class BearerAuthenticator {
    private final ProviderFinder providers;
    private final KeySets keySets;
    private final RoleFinder roles;

    /** Reads the keys of providers that publish them over https, from public addresses alone. */
    public BearerAuthenticator(KeyRegistry registry) {
        this(registry, new HttpJwksFetcher(false));
    }

    /** @param fetcher reads the keys of providers that publish them; what it reads is remembered here */
    public BearerAuthenticator(KeyRegistry registry, JwksFetcher fetcher) {
        this.providers = new ProviderFinder(registry);
        this.keySets = new KeySets(fetcher);
        this.roles = new RoleFinder(registry);
    }

    /**
     * Authenticates a caller.
     *
     * @param jwt a compact JWS of at most 8 KiB
     * @param role a role's name, or its ARN in the provider's account; the provider's default role when it is empty
     * @param sessionPolicy narrows the role's policies; at most 2,048 characters without white space
     * @param asker from where the call comes, for the role's trust policy
     * @param later what the call asks the registry for once its caller is known
     * @param now the present
     * @throws CallerRefusal with the reason, as {@link CallerError} lists them
     * @throws StoreUnavailable when the registry does not answer: nothing is known of the caller
     */
    public Caller authenticate(
            String jwt, Optional<String> role, Optional<Value> sessionPolicy, Asker asker, Later later, Instant now)
            throws CallerRefusal, StoreUnavailable {
        CompactToken token = CompactToken.of(jwt);
        TokenClaims claims = TokenClaims.of(token.claims());
        Later withRole = () -> RoleFinder.names(claims, role);
        ProviderFinder.Match match = providers.find(claims, withRole.and(later), now);
        PublicKey key = keySets.keyFor(match.provider(), token.header(), now);
        TokenVerifier.check(token, claims, match.audience(), key, now);
        Role assumed = roles.find(match, claims, role, later, now);
        RoleTrust.require(assumed, match, claims, asker, now);
        return caller(match, claims, assumed, sessionPolicy);
    }

    /**
     * The caller of a face that asks for nothing but a bearer token: in the default role, with all that it may do.
     *
     * @param later what the call asks the registry for once its caller is known
     * @throws Refused when the call brings no token, or one that {@link #authenticate} refuses
     */
    public Caller caller(Call call, Later later, Instant now) throws Refused, StoreUnavailable {
        String token = BearerToken.of(call);
        try {
            return authenticate(token, Optional.empty(), Optional.empty(), Asker.of(call), later, now);
        } catch (CallerRefusal refusal) {
            throw new Refused(refusal.problem());
        }
    }

    private static Caller caller(
            ProviderFinder.Match match, TokenClaims claims, Role role, Optional<Value> sessionPolicy)
            throws CallerRefusal {
        OidcProvider provider = match.provider();
        FilledPolicies policies = FilledPolicies.of(role, claims.all(), sessionPolicy);
        Principal.AssumedRole principal = new Principal.AssumedRole(
                provider.accountId(),
                role.name(),
                SessionName.of(claims.subject()),
                policies.role(),
                policies.session());
        return new Caller(
                provider,
                match.audience(),
                role,
                claims.subject(),
                principal,
                policies.variables(),
                claims.issued(),
                claims.expires());
    }
}

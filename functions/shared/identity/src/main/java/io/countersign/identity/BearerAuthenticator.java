package io.countersign.identity;

import io.countersign.http.BearerToken;
import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.json.Value;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a bearer JWT into a {@link Caller} in a role (DESIGN, One notion of a caller).
 *
 * <p>Guarantees: nothing of a token is believed before its signature holds under a key that its registered provider publishes, with an algorithm that belongs
 * to that key's type; the key is never chosen by the token; the role is one of the provider's account whose trust policy admits the token; a caller that is
 * answered has at least one Allow. Safe for any number of threads.
 */
public final class BearerAuthenticator {
    private final RoleFinder.ProviderFinder providers;
    private final JwksResolver keySets;
    private final RoleFinder roles;

    /** Reads the keys of providers that publish them over https, from public addresses alone. */
    public BearerAuthenticator(KeyRegistry registry) {
        this(registry, new JwksFetcher.HttpJwksFetcher(false));
    }

    /** @param fetcher reads the keys of providers that publish them; what it reads is remembered here */
    public BearerAuthenticator(KeyRegistry registry, JwksFetcher fetcher) {
        this.providers = new RoleFinder.ProviderFinder(registry);
        this.keySets = new JwksResolver(fetcher);
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
     * @throws CallerRefusal with the reason, as {@link CallerRefusal.Code} lists them
     * @throws StoreUnavailable when the registry does not answer: nothing is known of the caller
     */
    public Caller authenticate(
            String jwt,
            Optional<String> role,
            Optional<Value> sessionPolicy,
            ClientContext asker,
            ReadAhead later,
            Instant now)
            throws CallerRefusal, StoreUnavailable {
        CompactToken token = CompactToken.of(jwt);
        TokenClaims claims = TokenClaims.of(token.claims());
        ReadAhead withRole = () -> RoleFinder.names(claims, role);
        RoleFinder.ProviderFinder.Match match = providers.find(claims, withRole.and(later), now);
        PublicKey key = keySets.keyFor(match.provider(), token.header(), now);
        TokenVerifier.check(token, claims, match.audience(), key, now);
        Role assumed = roles.find(match, claims, role, later, now);
        RoleFinder.RoleTrust.require(assumed, match, claims, asker, now);
        return caller(match, claims, assumed, sessionPolicy);
    }

    /**
     * The caller of a face that asks for nothing but a bearer token: in the default role, with all that it may do.
     *
     * @param later what the call asks the registry for once its caller is known
     * @throws Refused when the call brings no token, or one that {@link #authenticate} refuses
     */
    public Caller caller(Call call, ReadAhead later, Instant now) throws ProblemException, StoreUnavailable {
        String token = BearerToken.of(call);
        try {
            return authenticate(token, Optional.empty(), Optional.empty(), ClientContext.of(call), later, now);
        } catch (CallerRefusal refusal) {
            throw new ProblemException(refusal.problem());
        }
    }

    private static Caller caller(
            RoleFinder.ProviderFinder.Match match, TokenClaims claims, Role role, Optional<Value> sessionPolicy)
            throws CallerRefusal {
        OidcProvider provider = match.provider();
        SessionPolicy.Filled policies = SessionPolicy.Filled.of(role, claims.all(), sessionPolicy);
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

    /**
     * The name of a bearer caller's session, made from {@code sub}: 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, as STS wants it (protocol.md 6).
     *
     * <p>A subject that already has this form is its own name. Any other has its foreign characters replaced by {@code -}, is cut, and gets {@code _} and the
     * first 20 hex digits of its SHA-256, so that two subjects do not meet in one name; a subject that looks as if it had such an ending gets one as well.
     */
    static final class SessionName {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
        private static final Pattern MADE = Pattern.compile(".*_[0-9a-f]{20}");
        private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9.@_-]");
        private static final int DIGITS = 20;
        private static final int KEPT = 64 - 1 - DIGITS;

        private SessionName() {}

        static String of(String subject) {
            if (FORM.matcher(subject).matches() && !MADE.matcher(subject).matches()) {
                return subject;
            }
            String cut = subject.substring(0, Math.min(KEPT, subject.length()));
            return FOREIGN.matcher(cut).replaceAll("-") + "_" + digest(subject);
        }

        private static String digest(String subject) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash).substring(0, DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}

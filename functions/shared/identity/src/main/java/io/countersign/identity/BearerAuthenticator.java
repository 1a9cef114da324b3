package io.countersign.identity;

import io.countersign.http.BearerToken;
import io.countersign.http.Call;
import io.countersign.http.LongWork;
import io.countersign.http.ProblemException;
import io.countersign.json.Value;
import io.countersign.policy.Principal;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.base.Hmac;
import java.time.Instant;
import java.util.Optional;

/**
 * Authenticates the bearer of a JWT as a {@link Caller} in a role.
 *
 * <p>Guarantees: a token is trusted only after its signature verifies under a key that its registered provider publishes, with an algorithm that fits the type of
 * the key. The token never chooses the key. It is younger than the last revocation of its subject. The role belongs to the provider's account, its trust policy admits the token, and it lists the face that was called. The returned caller has at least one
 * Allow. The signature of a token is verified once for each key and record of its provider; every other check runs for each call. Safe for any number of threads.
 */
public final class BearerAuthenticator {
    private final KeyRegistry registry;
    private final RoleFinder.ProviderFinder providers;
    private final JwksResolver jwks;
    private final RoleFinder roles;
    private final VerifiedTokens verified;

    /** Reads published keys over https, from public addresses only. */
    public BearerAuthenticator(KeyRegistry registry) {
        this(registry, LongWork.ANYWHERE);
    }

    /**
     * Reads published keys over https, from public addresses only.
     *
     * @param longWork is told before a key set is read, and before the signature of a token is verified that was not seen before
     */
    public BearerAuthenticator(KeyRegistry registry, LongWork longWork) {
        this(registry, new JwksFetcher.HttpJwksFetcher(), longWork);
    }

    /** @param fetcher reads the published keys, which this class caches */
    public BearerAuthenticator(KeyRegistry registry, JwksFetcher fetcher) {
        this(registry, fetcher, LongWork.ANYWHERE);
    }

    private BearerAuthenticator(KeyRegistry registry, JwksFetcher fetcher, LongWork longWork) {
        this.registry = registry;
        this.providers = new RoleFinder.ProviderFinder(registry);
        this.jwks = new JwksResolver(fetcher, longWork);
        this.verified = new VerifiedTokens(longWork);
        this.roles = new RoleFinder(registry);
    }

    /**
     * Authenticates a caller.
     *
     * @param jwt a compact JWS of at most 8 KiB
     * @param face that was called
     * @param role a role's name, or its ARN in the provider's account; if empty, the provider's default role
     * @param sessionPolicy narrows the role's policies; at most 2,048 characters without white space
     * @param client the origin of the call, for the role's trust policy
     * @param later the records that the call needs once its caller is known
     * @param now the present
     * @throws CallerRefusal with one of the {@link CallerRefusal.Code}s
     * @throws StoreUnavailable when the registry does not answer
     */
    public Caller authenticate(
            String jwt,
            RoleFaces.Face face,
            Optional<String> role,
            Optional<Value> sessionPolicy,
            ClientContext client,
            ReadAhead later,
            Instant now)
            throws CallerRefusal, StoreUnavailable {
        return bearer(jwt, face, new RoleChoice.Named<CallerRefusal>(role), sessionPolicy, client, later, now)
                .caller();
    }

    private <X extends Exception> Bearer bearer(
            String jwt,
            RoleFaces.Face face,
            RoleChoice<X> choice,
            Optional<Value> sessionPolicy,
            ClientContext client,
            ReadAhead later,
            Instant now)
            throws X, CallerRefusal, StoreUnavailable {
        VerifiedTokens.Candidate token = verified.candidate(jwt);
        TokenClaims claims = token.claims();
        ReadAhead withRole = () -> RoleFinder.names(claims, choice);
        RoleFinder.ProviderFinder.Match match = providers.find(claims, withRole.and(later), now);
        token.require(match, jwks.keyFor(match.provider(), token.header(), now), now);
        RevocationItem.Revocable.OfSubject subject =
                new RevocationItem.Revocable.OfSubject(match.provider().revocable(), claims.subject());
        ReadAhead withSubject =
                ReadAhead.of(new ReadAhead.Hint.OfSubject(subject)).and(later);
        Optional<String> role = choice.role(match.provider(), withSubject, now);
        Role assumed = roles.find(match, claims, role, withSubject, now);
        requireUnrevoked(subject, claims, later, now);
        RoleFinder.RoleTrust.require(assumed, face, match, claims, client, now);
        return new Bearer(caller(match, claims, assumed, sessionPolicy), claims.all());
    }

    /**
     * Authenticates the caller of an endpoint that takes only a bearer token: in the provider's default role, without a session policy.
     *
     * @param face that was called
     * @param later the records that the call needs once its caller is known
     * @throws ProblemException when the call has no token, or {@link #authenticate} refuses it
     */
    public Caller caller(Call call, RoleFaces.Face face, ReadAhead later, Instant now)
            throws ProblemException, StoreUnavailable {
        return bearer(call, face, new RoleChoice.Named<>(Optional.empty()), later, now)
                .caller();
    }

    /**
     * Authenticates the caller of an endpoint that chooses the role, without a session policy.
     *
     * @param face that was called
     * @param choice is asked only for a token that is verified
     * @param later the records that the call needs once its caller is known
     * @throws ProblemException when the call has no token, the choice refuses it, or {@link #authenticate} refuses the token or the role
     */
    public Bearer bearer(
            Call call, RoleFaces.Face face, RoleChoice<ProblemException> choice, ReadAhead later, Instant now)
            throws ProblemException, StoreUnavailable {
        String token = BearerToken.of(call);
        try {
            return bearer(token, face, choice, Optional.empty(), ClientContext.of(call), later, now);
        } catch (CallerRefusal refusal) {
            throw new ProblemException(refusal.problem());
        }
    }

    /** @throws CallerRefusal TokenRevoked, also for a token that the provider made later in the second of the revocation: {@code iat} has no fraction */
    private void requireUnrevoked(
            RevocationItem.Revocable.OfSubject subject, TokenClaims claims, ReadAhead later, Instant now)
            throws CallerRefusal, StoreUnavailable {
        Optional<Instant> revoked = registry.revokedBefore(subject, later, now);
        if (revoked.isPresent() && !claims.issued().isAfter(revoked.get())) {
            throw new CallerRefusal(
                    CallerRefusal.Code.TOKEN_REVOKED, "The user's logins were revoked; log in again for a new token.");
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
     * Derives the session name of a bearer from {@code sub}: 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, as STS requires (docs/protocol.md 6).
     *
     * <p>A subject of this form is its own session name. In any other subject, {@code -} replaces the other characters; the result is truncated and followed by
     * {@code _} and the first 20 hex digits of the subject's SHA-256, so that two subjects do not share a name. A subject with such an ending gets another one.
     */
    static final class SessionName {
        private static final int MIN = 2;
        private static final int DIGITS = 20;
        private static final int PREFIX = 64 - 1 - DIGITS;

        private SessionName() {}

        static String of(String subject) {
            // The alphabet and the largest length are those of the names of users.
            if (subject.length() >= MIN && IdSyntax.isRamName(subject) && !isLikeDerived(subject)) {
                return subject;
            }
            return safe(subject.substring(0, Math.min(PREFIX, subject.length()))) + "_" + digest(subject);
        }

        /** Whether the text ends as a derived name does: with an underscore and the digits of a digest. */
        private static boolean isLikeDerived(String subject) {
            int digits = subject.length() - DIGITS;
            if (digits < 1 || subject.charAt(digits - 1) != '_') {
                return false;
            }
            for (int i = digits; i < subject.length(); i++) {
                char c = subject.charAt(i);
                if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                    return false;
                }
            }
            return true;
        }

        /** The text with a hyphen in the place of each other character. */
        private static String safe(String text) {
            StringBuilder safe = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                safe.append(c < 0x80 && IdSyntax.isRamName(Character.toString(c)) ? (char) c : '-');
                i += Character.charCount(c);
            }
            return safe.toString();
        }

        private static String digest(String subject) {
            return Hmac.Digests.sha256Hex(subject).substring(0, DIGITS);
        }
    }
}

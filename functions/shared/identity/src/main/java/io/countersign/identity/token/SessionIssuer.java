package io.countersign.identity.token;

import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.limits.LimitExceededException;
import io.countersign.identity.limits.LimitedSubject;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Issues sessions. A session is sealed into its security token and stored nowhere; its holder receives it once. Safe for any number of threads.
 */
public final class SessionIssuer {
    /** The records that issuing a session needs. */
    public static final ReadAhead LATER = ReadAhead.of(new ReadAhead.Hint.OfTokenKeys());

    private final KeyRegistry registry;
    private final SubjectLimits limits;
    private final SecureRandom random;

    /**
     * @param limits of this process, which everything that makes sessions shares
     * @param random draws ids, secrets and nonces
     */
    public SessionIssuer(KeyRegistry registry, SubjectLimits limits, SecureRandom random) {
        this.registry = registry;
        this.limits = limits;
        this.random = random;
    }

    /**
     * Issues a session, and counts it for its subject as the last step: a refused call, or one that is begun anew on another thread, counts nothing.
     *
     * @param duration whole seconds, from 15 minutes to the maximum of the role
     * @param now the present
     * @throws CallerRefusal InvalidDuration; SessionTooLarge when the token would be longer than 4 KiB; TooManyRequests past the role's limit
     * @throws StoreUnavailable when the registry does not answer or has no token key
     */
    public IssuedSession issue(SessionGrant grant, Duration duration, Instant now)
            throws CallerRefusal, StoreUnavailable {
        Role role = grant.role();
        requireAllowed(duration, role);
        SealedContent content = NewSession.of(grant, duration, now.truncatedTo(ChronoUnit.MILLIS), random);
        Principal.AssumedRole principal = principal(content, role);
        String text = TokenCipher.seal(
                SealedContent.ContentText.of(content),
                registry.tokenKeys(ReadAhead.NOTHING, now).sealing(now),
                random);
        if (text.length() > TokenText.MAX_LENGTH) {
            throw new CallerRefusal(
                    CallerRefusal.Code.SESSION_TOO_LARGE,
                    "The session does not fit into a security token of " + TokenText.MAX_LENGTH
                            + " characters; shorten its policy or the claims that the role uses.");
        }
        count(grant, now);
        return new IssuedSession(
                content.accessKeyId(),
                content.secret(),
                SecurityToken.of(text),
                content.expires(),
                principal,
                role.roleId(),
                content.tokenId());
    }

    private void count(SessionGrant grant, Instant now) throws CallerRefusal {
        try {
            limits.session(grant.limited(), grant.role().limits(), now);
        } catch (LimitExceededException exceeded) {
            throw CallerRefusal.of(exceeded);
        }
    }

    private static void requireAllowed(Duration duration, Role role) throws CallerRefusal {
        if (duration.compareTo(Role.MIN_SESSION) < 0
                || duration.compareTo(role.maxSessionDuration()) > 0
                || duration.toNanosPart() != 0) {
            throw new CallerRefusal(
                    CallerRefusal.Code.INVALID_DURATION,
                    "A session of this role lasts from " + Role.MIN_SESSION.toSeconds() + " to "
                            + role.maxSessionDuration().toSeconds() + " seconds; ask for that.");
        }
    }

    private static Principal.AssumedRole principal(SealedContent content, Role role) throws CallerRefusal {
        try {
            return FilledPrincipals.once(content, role);
        } catch (IllFormedClaimException e) {
            throw new CallerRefusal(
                    CallerRefusal.Code.CLAIM_REFUSED,
                    "The claim \"" + e.claim() + "\" cannot be filled into the role's policies.");
        }
    }

    /**
     * A new session with its secret and token, for its holder only.
     *
     * @param accessKeyId begins with {@code STS.}
     * @param expiration in whole seconds; the session ends at that second
     * @param principal the session with the role's current policies
     * @param sessionId 32 hex digits that name this session alone; no secret
     */
    public record IssuedSession(
            String accessKeyId,
            Secret secret,
            SecurityToken token,
            Instant expiration,
            Principal.AssumedRole principal,
            String roleId,
            String sessionId) {}

    /** Builds the content of a new session's token. */
    static final class NewSession {
        private static final int TOKEN_ID_BYTES = 16;

        private NewSession() {}

        /** @param issued in whole milliseconds; the session ends {@code duration} after its second began */
        static SealedContent of(SessionGrant grant, Duration duration, Instant issued, SecureRandom random) {
            Role role = grant.role();
            Instant expires = issued.truncatedTo(ChronoUnit.SECONDS).plus(duration);
            return switch (grant) {
                case SessionGrant.OfBearer bearer -> {
                    Caller caller = bearer.caller();
                    yield new SealedContent(
                            tokenId(random),
                            role.accountId(),
                            role.name(),
                            role.roleId(),
                            caller.provider().revocable(),
                            caller.subject(),
                            caller.sessionName(),
                            NewCredentials.sessionKeyId(random),
                            NewCredentials.secret(random),
                            caller.principal().session(),
                            caller.variables(),
                            Optional.of(caller.tokenIssued()),
                            issued,
                            expires);
                }
                case SessionGrant.OfAccessKey key ->
                    new SealedContent(
                            tokenId(random),
                            role.accountId(),
                            role.name(),
                            role.roleId(),
                            new RevocationItem.Revocable.OfAccessKey(key.parentKeyId()),
                            key.sessionName(),
                            key.sessionName(),
                            NewCredentials.sessionKeyId(random),
                            NewCredentials.secret(random),
                            key.sessionPolicy(),
                            Map.of(),
                            Optional.empty(),
                            issued,
                            expires);
            };
        }

        private static String tokenId(SecureRandom random) {
            byte[] bytes = new byte[TOKEN_ID_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }

    /** The right to a session in a role. The creator of a grant has checked the role's trust policy. */
    public sealed interface SessionGrant {
        Role role();

        /** Whose share of the role's limits the session is. */
        LimitedSubject limited();

        /**
         * The right of a bearer that a provider vouches for.
         *
         * @param caller as {@link io.countersign.identity.BearerAuthenticator} returned it; its principal has the session policy
         */
        record OfBearer(Caller caller) implements SessionGrant {
            @Override
            public Role role() {
                return caller.role();
            }

            @Override
            public LimitedSubject limited() {
                return caller.limited();
            }
        }

        /**
         * The right of the holder of an access key.
         *
         * @param parentKeyId the key that signed AssumeRole; the session ends when that key can no longer verify
         * @param sessionName 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, chosen by the caller
         * @param sessionPolicy as {@link io.countersign.identity.SessionPolicy} parsed it
         */
        record OfAccessKey(Role role, String parentKeyId, String sessionName, Optional<PolicyDocument> sessionPolicy)
                implements SessionGrant {
            /** The key, since its holder chooses the session's name. */
            @Override
            public LimitedSubject limited() {
                RevocationItem.Revocable.OfAccessKey parent = new RevocationItem.Revocable.OfAccessKey(parentKeyId);
                return new LimitedSubject(role.accountId(), role.roleId(), parent.key(), parentKeyId);
            }
        }
    }
}

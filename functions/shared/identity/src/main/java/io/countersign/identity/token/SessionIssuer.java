package io.countersign.identity.token;

import io.countersign.identity.CallerError;
import io.countersign.identity.CallerRefusal;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.Name;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SecurityToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Makes sessions. A session is sealed whole into its security token and stored nowhere; whoever holds it is shown it once. Safe for any number of threads.
 */
public final class SessionIssuer {
    /** What making a session asks the registry for. */
    public static final Later LATER = Later.of(new Name.OfTokenKeys());

    private final KeyRegistry registry;
    private final SecureRandom random;

    /** @param random draws ids, secrets and nonces */
    public SessionIssuer(KeyRegistry registry, SecureRandom random) {
        this.registry = registry;
        this.random = random;
    }

    /**
     * Makes a session.
     *
     * @param duration whole seconds, 15 minutes to the longest that the role allows
     * @param now the present
     * @throws CallerRefusal InvalidDuration; SessionTooLarge when the token would have more than 4 KiB
     * @throws StoreUnavailable when the registry does not answer or has no token key
     */
    public IssuedSession issue(SessionGrant grant, Duration duration, Instant now)
            throws CallerRefusal, StoreUnavailable {
        Role role = grant.role();
        requireAllowed(duration, role);
        SealedContent content = NewSession.of(grant, duration, now.truncatedTo(ChronoUnit.MILLIS), random);
        Principal.AssumedRole principal = principal(content, role);
        String text = TokenCipher.seal(
                ContentText.of(content), registry.tokenKeys(Later.NOTHING, now).sealing(now), random);
        if (text.length() > TokenText.MAX_LENGTH) {
            throw new CallerRefusal(
                    CallerError.SESSION_TOO_LARGE,
                    "The session does not fit into a security token of " + TokenText.MAX_LENGTH
                            + " characters; shorten its policy or the claims that the role uses.");
        }
        return new IssuedSession(
                content.accessKeyId(),
                content.secret(),
                SecurityToken.of(text),
                content.expires(),
                principal,
                role.roleId());
    }

    private static void requireAllowed(Duration duration, Role role) throws CallerRefusal {
        if (duration.compareTo(Role.MIN_SESSION) < 0
                || duration.compareTo(role.maxSessionDuration()) > 0
                || duration.toNanosPart() != 0) {
            throw new CallerRefusal(
                    CallerError.INVALID_DURATION,
                    "A session of this role lasts from " + Role.MIN_SESSION.toSeconds() + " to "
                            + role.maxSessionDuration().toSeconds() + " seconds; ask for that.");
        }
    }

    private static Principal.AssumedRole principal(SealedContent content, Role role) throws CallerRefusal {
        try {
            return SessionPrincipals.of(content, role);
        } catch (IllFormedClaimException e) {
            throw new CallerRefusal(
                    CallerError.CLAIM_REFUSED,
                    "The claim \"" + e.claim() + "\" cannot be filled into the role's policies.");
        }
    }
}

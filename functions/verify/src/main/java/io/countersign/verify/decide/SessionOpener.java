package io.countersign.verify.decide;

import io.countersign.identity.token.SessionReader;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Principal;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Opens the sessions behind security tokens. The result is trusted: an implementation checks that the token is intact, valid now and not revoked. */
@FunctionalInterface
public interface SessionOpener {
    /** For a deployment that issues no sessions: every token is invalid. */
    SessionOpener NONE = (accessKeyId, token, now) -> {
        throw new OssRefusal(OssError.INVALID_SECURITY_TOKEN);
    };

    /** Opens the sessions that this registry sealed. */
    static SessionOpener of(SessionReader reader) {
        return new SessionOpener() {
            @Override
            public Session open(String accessKeyId, SecurityToken token, Instant now)
                    throws OssRefusal, StoreUnavailable {
                SessionReader.OpenedSession session = reader.open(accessKeyId, token, now);
                return new Session(
                        session.secret(),
                        session.principal(),
                        session.subject(),
                        Optional.of(session.sessionId()),
                        session.expiration());
            }

            @Override
            public List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
                return reader.names(token, now);
            }
        };
    }

    /** The records that {@link #open} will read, as far as they are known in advance. */
    default List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
        return List.of();
    }

    /**
     * @param accessKeyId begins with {@code STS.}; the session must belong to this key
     * @param now the present, even where the request is judged at another moment
     * @throws OssRefusal InvalidSecurityToken, SecurityTokenExpired, AccessKeyIdAndSecurityTokenNotMatch
     */
    Session open(String accessKeyId, SecurityToken token, Instant now) throws OssRefusal, StoreUnavailable;

    /**
     * A valid session. The signature has yet to prove that the requester holds its secret.
     *
     * @param subject the user that the session acts for, as {@link SessionReader.OpenedSession#subject()}
     * @param id as {@link SessionReader.OpenedSession#sessionId()}; empty where the opener knows none
     * @param expiresAt the moment from which the session is refused
     */
    record Session(
            Secret secret,
            Principal.AssumedRole principal,
            Optional<String> subject,
            Optional<String> id,
            Instant expiresAt) {}
}

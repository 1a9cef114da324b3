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

/** Opens the sessions behind security tokens. What it answers is trusted: it has checked that the token is whole, in time and not revoked. */
@FunctionalInterface
public interface SessionOpener {
    /** A deployment that issues no sessions: every token is one that it did not make. */
    SessionOpener NONE = (accessKeyId, token, now) -> {
        throw new OssRefusal(OssError.INVALID_SECURITY_TOKEN);
    };

    /** The sessions that this registry sealed. */
    static SessionOpener of(SessionReader reader) {
        return new SessionOpener() {
            @Override
            public Session open(String accessKeyId, SecurityToken token, Instant now)
                    throws OssRefusal, StoreUnavailable {
                SessionReader.OpenedSession session = reader.open(accessKeyId, token, now);
                return new Session(session.secret(), session.principal(), session.subject());
            }

            @Override
            public List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
                return reader.names(token, now);
            }
        };
    }

    /** What {@link #open} will ask the registry for, as far as that is known without asking it. */
    default List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
        return List.of();
    }

    /**
     * @param accessKeyId begins with {@code STS.}; the session must be this key's
     * @param now the present, whatever moment the request is judged at
     * @throws OssRefusal InvalidSecurityToken, SecurityTokenExpired, AccessKeyIdAndSecurityTokenNotMatch
     */
    Session open(String accessKeyId, SecurityToken token, Instant now) throws OssRefusal, StoreUnavailable;

    /**
     * A session that may be used now; its secret is yet to be proven by the signature.
     *
     * @param subject whom it acts for, as {@link SessionReader.OpenedSession#subject()}
     */
    record Session(Secret secret, Principal.AssumedRole principal, Optional<String> subject) {}
}

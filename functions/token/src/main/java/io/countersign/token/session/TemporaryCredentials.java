package io.countersign.token.session;

import io.countersign.identity.token.SessionIssuer;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The credentials of a session, for the answer to its holder.
 *
 * @param expiration in whole seconds
 * @param sessionId names the session for a revocation; empty for one of Alibaba Cloud's STS
 */
public record TemporaryCredentials(
        String accessKeyId, Secret secret, SecurityToken token, Instant expiration, Optional<String> sessionId) {
    /** @throws IllegalArgumentException when the expiration has a fraction of a second, which some clients cannot read */
    public TemporaryCredentials {
        if (expiration.getNano() != 0) {
            throw new IllegalArgumentException("an expiration is in whole seconds");
        }
    }

    public static TemporaryCredentials of(SessionIssuer.IssuedSession session) {
        return new TemporaryCredentials(
                session.accessKeyId(),
                session.secret(),
                session.token(),
                session.expiration(),
                Optional.of(session.sessionId()));
    }

    /**
     * The credentials in plain text, under the names that STS and the mobile SDKs use (docs/protocol.md 5.2, 6). Only the answer to the holder may contain
     * them; a log must not.
     */
    public SequencedMap<String, String> revealed() {
        SequencedMap<String, String> members = new LinkedHashMap<>();
        members.put("AccessKeyId", accessKeyId);
        members.put("AccessKeySecret", secret.reveal());
        members.put("SecurityToken", token.reveal());
        members.put("Expiration", expiration.toString());
        return members;
    }
}

package io.countersign.token;

import io.countersign.identity.token.IssuedSession;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Credentials of a session, about to be handed to their holder.
 *
 * @param expiration in whole seconds
 */
public record TemporaryCredentials(String accessKeyId, Secret secret, SecurityToken token, Instant expiration) {
    /** @throws IllegalArgumentException when the expiration is not of whole seconds, which some clients cannot read */
    public TemporaryCredentials {
        if (expiration.getNano() != 0) {
            throw new IllegalArgumentException("an expiration is in whole seconds");
        }
    }

    public static TemporaryCredentials of(IssuedSession session) {
        return new TemporaryCredentials(session.accessKeyId(), session.secret(), session.token(), session.expiration());
    }

    /** What the holder is shown, by the names that STS and the phones' SDKs know: for the answer alone, never for a log. */
    public SequencedMap<String, String> shown() {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        shown.put("AccessKeyId", accessKeyId);
        shown.put("AccessKeySecret", secret.reveal());
        shown.put("SecurityToken", token.reveal());
        shown.put("Expiration", expiration.toString());
        return shown;
    }
}

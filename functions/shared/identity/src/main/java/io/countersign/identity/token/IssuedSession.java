package io.countersign.identity.token;

import io.countersign.policy.Principal;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;

/**
 * A session for its holder, who alone is shown secret and token.
 *
 * @param accessKeyId begins with {@code STS.}
 * @param expiration in whole seconds; at that second the session has ended
 * @param principal what the session may do as the role is now
 */
public record IssuedSession(
        String accessKeyId,
        Secret secret,
        SecurityToken token,
        Instant expiration,
        Principal.AssumedRole principal,
        String roleId) {}

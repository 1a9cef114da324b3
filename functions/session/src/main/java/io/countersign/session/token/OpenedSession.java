package io.countersign.session.token;

import io.countersign.policy.Principal;
import io.countersign.signing.Secret;
import java.time.Instant;

/**
 * A session that may be used now by whoever proves to hold its secret.
 *
 * @param principal the role with its policies as they are now, filled in, and the session policy
 * @param subject whom the provider vouched for, as it named them; for a session founded on an access key its session name
 */
public record OpenedSession(
        String accessKeyId,
        Secret secret,
        Principal.AssumedRole principal,
        String roleId,
        String subject,
        Instant expiration) {}

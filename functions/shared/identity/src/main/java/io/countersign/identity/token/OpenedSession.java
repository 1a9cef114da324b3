package io.countersign.identity.token;

import io.countersign.policy.Principal;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that may be used now by whoever proves to hold its secret.
 *
 * @param principal the role with its policies as they are now, filled in, and the session policy
 * @param subject whom somebody vouched for, and under no other name: {@code sub} as the provider named them, {@code PROVIDER:sub} where the role trusts several
 *     providers; for a session founded on an access key its session name, and nobody where the role trusts a provider
 */
public record OpenedSession(
        String accessKeyId,
        Secret secret,
        Principal.AssumedRole principal,
        String roleId,
        Optional<String> subject,
        Instant expiration) {}

package io.countersign.registry;

import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that security tokens are sealed under, opened itself.
 *
 * @param id stands in each token that it seals; never used twice
 * @param secret 32 random bytes in base64url
 * @param sealsFrom sealing waits until this moment while an older Active key can seal: until then some reader may not know the key
 * @param opensUntil when the last token that it sealed has ended; empty while it seals
 */
public record TokenKey(
        String id,
        KeyStatus status,
        Secret secret,
        Instant createdAt,
        Instant sealsFrom,
        Optional<Instant> opensUntil) {
    /** Whether tokens under this key are taken at this moment. */
    public boolean opens(Instant now) {
        return status.verifies() && opensUntil.map(now::isBefore).orElse(true);
    }
}

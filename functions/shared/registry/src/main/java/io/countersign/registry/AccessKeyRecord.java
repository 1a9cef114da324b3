package io.countersign.registry;

import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.Instant;

/**
 * An access key as readers see it, its secret opened. A deleted key is never seen.
 *
 * @param signsFrom signing waits until this moment while an older Active key of the owner can sign: until then some reader may not know the key
 * @param version changes whenever the record does
 */
public record AccessKeyRecord(
        String id,
        Owner owner,
        KeyStatus status,
        KeyOrigin origin,
        Secret secret,
        Instant createdAt,
        Instant signsFrom,
        long version) {
    public AccessKey accessKey() {
        return new AccessKey(id, secret);
    }
}

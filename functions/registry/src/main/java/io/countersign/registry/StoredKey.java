package io.countersign.registry;

import io.countersign.registry.sealing.SealIdentity;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key as it stands in the table.
 *
 * @param sealed the secret under the root key, whose version it names; empty in a tombstone
 */
public record StoredKey(
        String id,
        Owner owner,
        KeyStatus status,
        KeyOrigin origin,
        Optional<String> sealed,
        Instant createdAt,
        Instant signsFrom) {
    public StoredKey withStatus(KeyStatus next) {
        return new StoredKey(id, owner, next, origin, sealed, createdAt, signsFrom);
    }

    /** What remains of the key when it is deleted: no secret, and an id that is taken for good. */
    public StoredKey tombstone() {
        return new StoredKey(id, owner, KeyStatus.DELETED, origin, Optional.empty(), createdAt, signsFrom);
    }

    /** Which record the secret is sealed for. */
    public static SealIdentity sealIdentity(String id) {
        return new SealIdentity(AccessKeyItem.key(id), id);
    }

    /**
     * The record that readers see; empty for a tombstone.
     *
     * @throws SealingException when the secret does not open
     */
    Optional<AccessKeyRecord> opened(Sealer sealer, long version) throws SealingException {
        if (status == KeyStatus.DELETED || sealed.isEmpty()) {
            return Optional.empty();
        }
        var secret = sealer.open(sealed.get(), sealIdentity(id));
        return Optional.of(new AccessKeyRecord(id, owner, status, origin, secret, createdAt, signsFrom, version));
    }
}

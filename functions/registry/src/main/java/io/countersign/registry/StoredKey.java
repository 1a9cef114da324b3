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
 * @param followsManifest whether the manifest may still set the status: it may not for keys that were made here, nor after rotation or an event
 *     set it, so that applying an old manifest never brings a key back
 */
public record StoredKey(
        String id,
        Owner owner,
        KeyStatus status,
        KeyOrigin origin,
        Optional<String> sealed,
        Instant createdAt,
        Instant signsFrom,
        boolean followsManifest) {
    /** This key with a status that the manifest has no more say in. */
    public StoredKey movedTo(KeyStatus next) {
        return new StoredKey(id, owner, next, origin, sealed, createdAt, signsFrom, false);
    }

    /** This key with the status that the manifest gives it. */
    public StoredKey set(KeyStatus next) {
        return new StoredKey(id, owner, next, origin, sealed, createdAt, signsFrom, followsManifest);
    }

    /** What remains of the key when it is deleted: no secret, and an id that is taken for good. */
    public StoredKey tombstone() {
        return new StoredKey(id, owner, KeyStatus.DELETED, origin, Optional.empty(), createdAt, signsFrom, false);
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

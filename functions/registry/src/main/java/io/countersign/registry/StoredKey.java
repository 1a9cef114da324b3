package io.countersign.registry;

import io.countersign.registry.sealing.SealIdentity;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key as it stands in the table.
 *
 * @param since when it took its status
 * @param sealed the secret under the root key, whose version it names; empty in a tombstone
 * @param signsFrom see {@link AccessKeyRecord}
 * @param replaces the older key that this one was made for by rotation, which retires it
 * @param followsManifest whether the manifest may still set the status: it may not for keys that were made here, nor after rotation or an event
 *     set it, so that applying an old manifest never brings a key back
 * @param owed whether the key is out of use here while the authority over it is yet to be told
 */
public record StoredKey(
        String id,
        Owner owner,
        KeyStatus status,
        Instant since,
        KeyOrigin origin,
        Optional<String> sealed,
        Instant createdAt,
        Instant signsFrom,
        Optional<String> replaces,
        boolean followsManifest,
        boolean owed) {
    /** A key that has just come and replaces none. */
    public StoredKey(
            String id,
            Owner owner,
            KeyStatus status,
            KeyOrigin origin,
            Optional<String> sealed,
            Instant createdAt,
            Instant signsFrom,
            boolean followsManifest) {
        this(
                id,
                owner,
                status,
                createdAt,
                origin,
                sealed,
                createdAt,
                signsFrom,
                Optional.empty(),
                followsManifest,
                false);
    }

    /** This key with a status that the manifest has no more say in. */
    public StoredKey movedTo(KeyStatus next, Instant now) {
        return new StoredKey(id, owner, next, now, origin, sealed, createdAt, signsFrom, replaces, false, owed);
    }

    /** This key with the status that the manifest gives it. */
    public StoredKey set(KeyStatus next, Instant now) {
        return new StoredKey(
                id, owner, next, now, origin, sealed, createdAt, signsFrom, replaces, followsManifest, owed);
    }

    /** This key, which need not wait any longer. */
    public StoredKey signingFrom(Instant moment) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, moment, replaces, followsManifest, owed);
    }

    /** This key, whose authority is yet to be told, or has been. */
    public StoredKey owing(boolean isOwed) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, signsFrom, replaces, followsManifest, isOwed);
    }

    /** This key with its secret sealed anew; nothing that readers see changes. */
    public StoredKey resealed(String text) {
        return new StoredKey(
                id,
                owner,
                status,
                since,
                origin,
                Optional.of(text),
                createdAt,
                signsFrom,
                replaces,
                followsManifest,
                owed);
    }

    /** What remains of the key when it is deleted: no secret, and an id that is taken for good. */
    public StoredKey tombstone(Instant now) {
        return new StoredKey(
                id,
                owner,
                KeyStatus.DELETED,
                now,
                origin,
                Optional.empty(),
                createdAt,
                signsFrom,
                Optional.empty(),
                false,
                false);
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

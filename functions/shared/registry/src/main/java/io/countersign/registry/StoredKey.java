package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key as it stands in the table.
 *
 * @param since when it took its status
 * @param sealed the secret under the root key, whose version it names; empty in a tombstone
 * @param signsFrom see {@link Facts.AccessKeyRecord}
 * @param replaces the older key that this one was made for by rotation, which retires it
 * @param followsManifest whether the manifest may still set the status: it may not for keys that were made here, nor after rotation or an event
 *     set it, so that applying an old manifest never brings a key back
 * @param debt what the authority over the key is yet to be told
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
        Debt debt) {
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
                Debt.NONE);
    }

    /** Whether the key is out of use here while the authority over it is yet to be told. */
    public boolean deactivationPending() {
        return debt == Debt.DEACTIVATION;
    }

    /**
     * This key with a status that the manifest has no more say in. It takes it after it was made, though the clock of whoever made it was ahead: a key that never
     * had another status is one that was made so.
     */
    public StoredKey movedTo(KeyStatus next, Instant now) {
        Instant moment = now.isAfter(createdAt) ? now : createdAt.plusMillis(1);
        return new StoredKey(id, owner, next, moment, origin, sealed, createdAt, signsFrom, replaces, false, debt);
    }

    /** This key with the status that the manifest gives it. */
    public StoredKey set(KeyStatus next, Instant now) {
        return new StoredKey(
                id, owner, next, now, origin, sealed, createdAt, signsFrom, replaces, followsManifest, debt);
    }

    /** This key, which need not wait any longer. */
    public StoredKey signingFrom(Instant moment) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, moment, replaces, followsManifest, debt);
    }

    /** This key, of which that is yet to be told to its authority. */
    public StoredKey owing(Debt next) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, signsFrom, replaces, followsManifest, next);
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
                debt);
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
                Debt.NONE);
    }

    /** Which record the secret is sealed for. */
    public static Sealer.SealIdentity sealIdentity(String id) {
        return new Sealer.SealIdentity(AccessKeyItem.key(id), id);
    }

    /**
     * The record that readers see; empty for a tombstone.
     *
     * @throws SealingException when the secret does not open
     */
    Optional<Facts.AccessKeyRecord> opened(Sealer sealer, long version) throws SealingException {
        if (status == KeyStatus.DELETED || sealed.isEmpty()) {
            return Optional.empty();
        }
        var secret = sealer.open(sealed.get(), sealIdentity(id));
        return Optional.of(new Facts.AccessKeyRecord(id, owner, status, origin, secret, createdAt, signsFrom, version));
    }

    /** What the registry has decided about a key, and the authority over it is yet to be told. */
    public enum Debt {
        NONE,
        /** The key is out of use here. */
        DEACTIVATION,
        /** The key is out of use in both places, and goes as soon as the authority has deleted it. */
        DELETION
    }

    /** Where an access key's secret came from. */
    public enum KeyOrigin {
        /** The manifest gave it, so the manifest may also say whether it is Active. */
        IMPORTED("imported"),
        /** Made here, by apply or by rotation. */
        MADE("made");

        private final String text;

        KeyOrigin(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public static Optional<KeyOrigin> of(String text) {
            for (KeyOrigin origin : values()) {
                if (origin.text.equals(text)) {
                    return Optional.of(origin);
                }
            }
            return Optional.empty();
        }
    }
}

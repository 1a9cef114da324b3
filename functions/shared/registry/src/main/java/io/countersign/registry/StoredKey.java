package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key as it is stored.
 *
 * @param since the time of its last change of status
 * @param sealed the secret, sealed under the root key version that the text names; empty in a tombstone
 * @param signsFrom see {@link Facts.AccessKeyRecord}
 * @param replaces the older key that rotation retires when it makes this one
 * @param followsManifest whether the manifest may set the key Active again. It may not for keys made here, nor after
 *     rotation or an event has set the status, so that applying an old manifest never reactivates a key. The manifest
 *     may set any key Inactive
 * @param debt the action that the authority over the key has not carried out yet
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
    /** A new key that replaces none. */
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

    /** Whether the key is disabled here and not yet at the authority over it. */
    public boolean deactivationPending() {
        return debt == Debt.DEACTIVATION;
    }

    /**
     * Returns this key with a status that the manifest can no longer change. The time of the change is after the key's
     * creation even when the creator's clock was ahead, because a key whose status never changed counts as created
     * with it.
     */
    public StoredKey movedTo(KeyStatus next, Instant now) {
        Instant moment = now.isAfter(createdAt) ? now : createdAt.plusMillis(1);
        return new StoredKey(id, owner, next, moment, origin, sealed, createdAt, signsFrom, replaces, false, debt);
    }

    /** Returns this key with the status that the manifest gives it. */
    public StoredKey set(KeyStatus next, Instant now) {
        return new StoredKey(
                id, owner, next, now, origin, sealed, createdAt, signsFrom, replaces, followsManifest, debt);
    }

    /** Returns this key with the moment from which it may sign. */
    public StoredKey signingFrom(Instant moment) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, moment, replaces, followsManifest, debt);
    }

    /** Returns this key with an action that the authority over it has to carry out. */
    public StoredKey owing(Debt next) {
        return new StoredKey(
                id, owner, status, since, origin, sealed, createdAt, signsFrom, replaces, followsManifest, next);
    }

    /** Returns this key with its secret sealed again. Readers see no change. */
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

    /** Returns the tombstone of a deleted key: an id that is reserved for good, without a secret. */
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

    /** The identity that the secret is sealed for. */
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

    /** An action that the registry has decided and the authority over the key has not carried out yet. */
    public enum Debt {
        NONE,
        /** The key is disabled here and has to be disabled there. */
        DEACTIVATION,
        /** The key is disabled in both places and is deleted here once the authority has deleted it. */
        DELETION
    }

    /** The origin of an access key's secret. */
    public enum KeyOrigin {
        /** Given by the manifest, which may therefore set whether the key is Active. */
        IMPORTED("imported"),
        /** Generated here, by apply or by rotation. */
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

package io.countersign.rotate;

import io.countersign.registry.StoredKey;
import java.util.Optional;

/** An action on an owner's keys. Each changes at most one key at its authority, except {@link Supplant}, which can be repeated. */
sealed interface RotationAction {
    /** The key that the action concerns. */
    StoredKey key();

    /** An action that leads to the replacement of a key. */
    sealed interface Replacing extends RotationAction {}

    /** Creates a key that replaces this one. */
    record Create(StoredKey key) implements Replacing {}

    /** Ends a key's use for signing; the key still verifies. */
    record Retire(StoredKey key) implements RotationAction {}

    record Deactivate(StoredKey key) implements RotationAction {}

    record Delete(StoredKey key, String why) implements Replacing {}

    /** Reports that a new key is due and the owner has the maximum number of keys: the operator must decide which key to delete. */
    record Full(StoredKey key) implements Replacing {}

    /**
     * Creates a key that signs at once, in place of one that is Inactive in the registry and not yet at its authority.
     *
     * @param first whether to delete the old key before, to make room; its deactivation stays pending until both are done
     */
    record Supplant(StoredKey key, boolean first) implements RotationAction {}

    /**
     * Deletes a spent key, to make room for the replacement of one that is Inactive in the registry and not yet at its authority.
     *
     * @param room the key to delete
     */
    record MakeRoom(StoredKey key, StoredKey room) implements RotationAction {}

    /**
     * Deactivates at the authority a key that is Inactive in the registry.
     *
     * @param notReplaced the reason why no other key replaces it, if none does
     */
    record DeactivateRemotely(StoredKey key, Optional<AuthorityFailure> notReplaced) implements RotationAction {}

    /** The reason for an action. */
    enum Cause {
        DUE("due"),
        REQUESTED("requested"),
        COMPROMISED("compromised");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}

package io.countersign.rotate;

import io.countersign.registry.StoredKey;
import java.util.Optional;

/** What is to be done next about the keys of a holder. Each changes at most one key at its authority, but {@link Supplant}, which may be made again. */
sealed interface RotationAction {
    /** The key that it is about. */
    StoredKey key();

    /** One on the way to a new key in another's place. */
    sealed interface Replacing extends RotationAction {}

    /** Makes a new key that will take this one's place. */
    record Create(StoredKey key) implements Replacing {}

    /** The key never signs again; it still verifies. */
    record Retire(StoredKey key) implements RotationAction {}

    record Deactivate(StoredKey key) implements RotationAction {}

    record Delete(StoredKey key, String why) implements Replacing {}

    /** A new key is due and there is no room for it: only the operator can say which key goes. */
    record Full(StoredKey key) implements Replacing {}

    /**
     * Makes a key that signs at once, for one that is out of use here while its authority is yet to be told.
     *
     * @param first whether the key is deleted before, because its place is needed; it is owed until both are done
     */
    record Supplant(StoredKey key, boolean first) implements RotationAction {}

    /**
     * Deletes a key so that another can be made for one that is out of use here while its authority is yet to be told.
     *
     * @param room the key that goes
     */
    record MakeRoom(StoredKey key, StoredKey room) implements RotationAction {}

    /**
     * Tells the authority that the key is out of use here.
     *
     * @param alone why no other key stands in its place
     */
    record Withdraw(StoredKey key, Optional<AuthorityFailure> alone) implements RotationAction {}

    /** Why a key moves on. */
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

package io.countersign.rotate;

import io.countersign.registry.StoredKey;
import java.util.Optional;

/** What is to be done next about the keys of a holder. */
sealed interface Step {
    /** The key that it is about. */
    StoredKey key();

    /** Makes a new key that will take this one's place. */
    record Create(StoredKey key) implements Step {}

    /** The key never signs again; it still verifies. */
    record Retire(StoredKey key) implements Step {}

    record Deactivate(StoredKey key) implements Step {}

    record Delete(StoredKey key, String why) implements Step {}

    /** A new key is due and there is no room for it: only the operator can say which key goes. */
    record Full(StoredKey key) implements Step {}

    /**
     * Makes a key that signs at once, for one that is out of use here while its authority is yet to be told.
     *
     * @param room a key that is deleted first, where its place is needed
     */
    record Supplant(StoredKey key, Optional<StoredKey> room) implements Step {}

    /**
     * Tells the authority that the key is out of use here.
     *
     * @param alone why no other key stands in its place
     */
    record Withdraw(StoredKey key, Optional<AuthorityFailure> alone) implements Step {}
}

package io.countersign.rotate;

import io.countersign.registry.StoredKey;

/** What is to be done next about the keys of a holder. */
sealed interface Step {
    /** Makes a new key that will take this one's place. */
    record Create(StoredKey replaced) implements Step {}

    /** The key never signs again; it still verifies. */
    record Retire(StoredKey key) implements Step {}

    record Deactivate(StoredKey key) implements Step {}

    record Delete(StoredKey key, String why) implements Step {}

    /** A new key is due and there is no room for it: only the operator can say which key goes. */
    record Full(StoredKey due) implements Step {}
}

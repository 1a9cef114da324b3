package io.countersign.gateway.cli;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;

/** A command that does its work on the registry and ends. Its line was understood; nothing has been opened yet. */
non-sealed interface Operation extends Invocation.Quick {
    /**
     * Does it, and prints on standard output what was done.
     *
     * @throws CommandFailure when it was refused, or could be done in part alone
     * @throws StoreUnavailable when the store does not answer
     * @throws SealingException when the root key cannot be used
     */
    void run(Tools tools) throws CommandFailure, StoreUnavailable, SealingException;
}

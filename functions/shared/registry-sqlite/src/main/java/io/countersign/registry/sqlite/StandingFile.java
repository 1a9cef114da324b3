package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;

/** What must still be so of an open file for what was read from it, or written to it, to count. */
@FunctionalInterface
interface StandingFile {
    /** @throws StoreUnavailable when it is so no more; the message says what the operator does */
    void require() throws StoreUnavailable;
}

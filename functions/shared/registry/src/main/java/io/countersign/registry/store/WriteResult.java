package io.countersign.registry.store;

import java.util.List;

/** What became of a transaction. */
public sealed interface WriteResult {
    /** Every write was made and will survive the loss of the process and of power. */
    record Committed() implements WriteResult {}

    /**
     * No write was made.
     *
     * @param failed the keys whose conditions did not hold, in the transaction's order; empty when another transaction was in the way
     */
    record Conflict(List<ItemKey> failed) implements WriteResult {
        public Conflict {
            failed = List.copyOf(failed);
        }
    }
}

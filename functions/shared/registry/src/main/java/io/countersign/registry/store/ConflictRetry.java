package io.countersign.registry.store;

import java.util.Optional;

/** Repeats a read and the conditional write that depends on it, until the write commits or the attempts are used up. It does not wait in between. */
public final class ConflictRetry {
    private ConflictRetry() {}

    /** Reads and writes once. */
    @FunctionalInterface
    public interface Attempt<T> {
        /** Empty after a conflict with another writer. */
        Optional<T> make() throws StoreUnavailable;
    }

    /**
     * @param conflict the message of the exception: who keeps writing, and what to do next
     * @throws StoreUnavailable when an attempt does, and when every attempt ends in a conflict
     */
    public static <T> T until(int attempts, String conflict, Attempt<T> attempt) throws StoreUnavailable {
        for (int count = 0; count < attempts; count++) {
            Optional<T> result = attempt.make();
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new StoreUnavailable(conflict);
    }
}

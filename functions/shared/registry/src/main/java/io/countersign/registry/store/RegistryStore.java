package io.countersign.registry.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The registry's one table. Implementations are safe for use by many threads and many processes at once.
 *
 * <p>{@code now} decides expiry alone: an item whose expiry has come is never returned, whether or not the store has cleared it away.
 */
public interface RegistryStore extends AutoCloseable {
    /** Keys that one batch may ask for. */
    int MAX_KEYS = 100;

    /** Items that one page may hold. */
    int MAX_PAGE = 1_000;

    /**
     * The items that stand at these keys; a key without one is left out. Each is whole, but two of them may be of different moments.
     *
     * @param keys at most {@link #MAX_KEYS}; none costs no read
     * @throws IllegalArgumentException for more keys
     * @throws StoreUnavailable when the store does not answer
     */
    Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable;

    /**
     * Makes all writes or none. Every condition is compared with what the store holds at that moment.
     *
     * @throws StoreUnavailable when the store does not answer; the transaction may then have been made or not, and reading tells
     */
    WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable;

    /**
     * One page of a partition, from its first item or behind {@code after}.
     *
     * @param limit 1 to {@link #MAX_PAGE}
     * @throws IllegalArgumentException for another limit
     * @throws StoreUnavailable when the store does not answer
     */
    Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now)
            throws StoreUnavailable;

    /**
     * Checks that the store is still the one that was opened, where a look at the file system tells; it costs no more than that. A store behind a network has
     * nothing to look at.
     *
     * @throws StoreUnavailable when it is gone, or another is in its place
     */
    default void requireSame() throws StoreUnavailable {}

    /** Lets go of files and connections; a second call does nothing. */
    @Override
    void close();

    /** How fresh a read must be. */
    public enum Consistency {
        /** Sees every transaction that was acknowledged before the read began. */
        STRONG,
        /** May lag a little, where that is cheaper. */
        EVENTUAL
    }

    /**
     * A stretch of one partition.
     *
     * @param items by sort key, in the order of its UTF-8 bytes; perhaps fewer than asked for, even none while {@code next} is present
     * @param next give it as {@code after} to go on; empty at the end of the partition
     */
    public record Page(List<Item> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

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
}

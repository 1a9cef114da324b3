package io.countersign.registry.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The registry's table. Implementations are safe for use by many threads and many processes at once.
 *
 * <p>{@code now} decides expiry only: an expired item is never returned, whether or not the store has removed it.
 */
public interface RegistryStore extends AutoCloseable {
    /** The largest number of keys in one batch. */
    int MAX_KEYS = 100;

    /** The largest number of items in one page. */
    int MAX_PAGE = 1_000;

    /**
     * Returns the items at these keys, without keys that have none. Each item is consistent in itself; two items may
     * be of different moments.
     *
     * @param keys at most {@link #MAX_KEYS}; no keys cost no read
     * @throws IllegalArgumentException for more keys
     * @throws StoreUnavailable when the store does not answer
     */
    Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable;

    /**
     * Makes all writes or none. Every condition is evaluated against the stored items at that moment.
     *
     * @throws StoreUnavailable when the store does not answer; the transaction may or may not have been made, and a
     *     read finds out
     */
    WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable;

    /**
     * Returns one page of a partition, from its first item or after {@code after}.
     *
     * @param limit 1 to {@link #MAX_PAGE}
     * @throws IllegalArgumentException for another limit
     * @throws StoreUnavailable when the store does not answer
     */
    Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now)
            throws StoreUnavailable;

    /** @throws IllegalArgumentException when a page cannot have that many items */
    static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " items");
        }
    }

    /**
     * Checks that the store is still the one that was opened, at the cost of a look at the file system. A store behind a
     * network has no file to look at, and this does nothing.
     *
     * @throws StoreUnavailable if the file is gone, or another file is in its place
     */
    default void requireSame() throws StoreUnavailable {}

    /** Releases files and connections. A second call has no effect. */
    @Override
    void close();

    /** The required freshness of a read. */
    public enum Consistency {
        /** Sees every transaction that was acknowledged before the read began. */
        STRONG,
        /** May lag behind, where that is cheaper. */
        EVENTUAL
    }

    /**
     * A page of a partition.
     *
     * @param items ordered by the UTF-8 bytes of their sort keys; possibly fewer than the limit, even none while
     *     {@code next} is present
     * @param next the {@code after} of the next page; empty at the end of the partition
     */
    public record Page(List<Item> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** The result of a transaction. */
    public sealed interface WriteResult {
        /** Every write was made and survives the loss of the process and of power. */
        record Committed() implements WriteResult {}

        /**
         * No write was made.
         *
         * @param failed the keys whose conditions did not hold, in the transaction's order; empty when another
         *     transaction conflicted
         */
        record Conflict(List<ItemKey> failed) implements WriteResult {
            public Conflict {
                failed = List.copyOf(failed);
            }
        }
    }
}

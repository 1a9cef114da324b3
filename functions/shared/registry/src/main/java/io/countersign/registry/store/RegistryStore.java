package io.countersign.registry.store;

import java.time.Instant;
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
}

package io.countersign.registry.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that can list all its items, for copies. Requests never need it: they read by key or by partition. */
public interface ScannableStore extends RegistryStore {
    /**
     * Returns a part of all items, in an order of the store's own. Items that are written meanwhile may be missing.
     *
     * @param after the {@code next} of the former part; empty for the first
     * @param limit 1 to {@link RegistryStore#MAX_PAGE}
     * @param now leaves out items that have expired; a damaged item is returned
     * @throws StoreUnavailable when the store does not answer
     */
    Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable;

    /**
     * A part of all items.
     *
     * @param items possibly fewer than the limit, even none while {@code next} is present
     * @param next the {@code after} of the next part; empty at the end
     */
    record Part(List<Item> items, Optional<ItemKey> next) {
        public Part {
            items = List.copyOf(items);
        }
    }

    /** Visits all items, part by part. */
    static void each(ScannableStore store, int limit, Instant now, Partition.Visitor visitor) throws StoreUnavailable {
        Optional<ItemKey> after = Optional.empty();
        do {
            Part part = store.scan(after, limit, now);
            for (Item item : part.items()) {
                visitor.visit(item);
            }
            after = part.next();
        } while (after.isPresent());
    }
}

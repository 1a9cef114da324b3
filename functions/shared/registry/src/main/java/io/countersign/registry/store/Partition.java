package io.countersign.registry.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Visits a partition of the table from its first item to its last, page by page: for operators' listings, which may be
 * long.
 */
public record Partition(RegistryStore store, String name) {
    private static final int PAGE = 100;

    /** Receives one item. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Item item) throws StoreUnavailable;
    }

    /** Visits the items as they are at the time of each page; others may be writing. */
    public void each(Instant now, Visitor visitor) throws StoreUnavailable {
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page = store.query(name, after, PAGE, RegistryStore.Consistency.STRONG, now);
            for (Item item : page.items()) {
                visitor.visit(item);
            }
            after = page.next();
        } while (after.isPresent());
    }
}

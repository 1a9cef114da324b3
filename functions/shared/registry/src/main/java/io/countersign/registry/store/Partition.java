package io.countersign.registry.store;

import java.time.Instant;
import java.util.Optional;

/** A partition of the table from its first item to its last, a page at a time: for operators' listings, which may be long. */
public record Partition(RegistryStore store, String name) {
    private static final int PAGE = 100;

    /** Told of one item. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Item item) throws StoreUnavailable;
    }

    /** As it stands while it is read: others may be writing. */
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

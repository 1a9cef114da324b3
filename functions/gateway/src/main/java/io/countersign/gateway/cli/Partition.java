package io.countersign.gateway.cli;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;

/** A partition of the table from its first item to its last, a page at a time. */
record Partition(RegistryStore store, String name) {
    private static final int PAGE = 100;

    /** Told of one item. */
    @FunctionalInterface
    interface Visitor {
        void visit(Item item) throws StoreUnavailable;
    }

    void each(Instant now, Visitor visitor) throws StoreUnavailable {
        Optional<String> after = Optional.empty();
        do {
            Page page = store.query(name, after, PAGE, Consistency.STRONG, now);
            for (Item item : page.items()) {
                visitor.visit(item);
            }
            after = page.next();
        } while (after.isPresent());
    }
}

package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;

/** The records of all accounts, for listings at a start or by an operator. */
record AccountContents(RegistryStore store, Instant now) {
    /**
     * Visits the records of one kind, account by account.
     *
     * @param sortPrefix how the sort keys of that kind begin
     */
    void each(String sortPrefix, Partition.Visitor visitor) throws StoreUnavailable {
        for (String account : AccountListing.ids(store, now)) {
            new Partition(store, AccountItem.contents(account)).each(now, item -> {
                if (item.key().sort().startsWith(sortPrefix)) {
                    visitor.visit(item);
                }
            });
        }
    }
}

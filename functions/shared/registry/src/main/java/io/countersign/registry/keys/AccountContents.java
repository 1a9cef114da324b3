package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The records of all accounts, for listings at a start or by an operator. */
record AccountContents(RegistryStore store, Instant now) {
    /**
     * Visits the records of one kind, account by account.
     *
     * @param sortPrefix how the sort keys of that kind begin
     */
    void each(String sortPrefix, Partition.Visitor visitor) throws StoreUnavailable {
        List<String> accounts = new ArrayList<>();
        new Partition(store, AccountItem.PARTITION)
                .each(
                        now,
                        item -> accounts.add(
                                Records.read(item, AccountItem::read).id()));
        for (String account : accounts) {
            new Partition(store, AccountItem.contents(account)).each(now, item -> {
                if (item.key().sort().startsWith(sortPrefix)) {
                    visitor.visit(item);
                }
            });
        }
    }
}

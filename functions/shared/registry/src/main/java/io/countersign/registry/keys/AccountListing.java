package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists the accounts of a registry. */
public final class AccountListing {
    private AccountListing() {}

    /** Returns whether the registry holds an account. */
    public static boolean isAny(RegistryStore store, Instant now) throws StoreUnavailable {
        return !ids(store, now).isEmpty();
    }

    static List<String> ids(RegistryStore store, Instant now) throws StoreUnavailable {
        List<String> accounts = new ArrayList<>();
        new Partition(store, AccountItem.PARTITION)
                .each(
                        now,
                        item -> accounts.add(
                                Records.read(item, AccountItem::read).id()));
        return accounts;
    }
}

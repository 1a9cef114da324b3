package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.Records;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds uploads whose objects OSS is to report. */
public record CallbackListing(RegistryStore store, Instant now) {
    /** Returns one, of any account. */
    public Optional<Upload> first() throws StoreUnavailable {
        List<String> accounts = new ArrayList<>();
        new Partition(store, AccountItem.PARTITION)
                .each(
                        now,
                        item -> accounts.add(
                                Records.read(item, AccountItem::read).id()));
        List<Upload> found = new ArrayList<>();
        for (String account : accounts) {
            new Partition(store, AccountItem.contents(account)).each(now, item -> {
                if (item.key().sort().startsWith(UploadItem.SORT_PREFIX)) {
                    found.add(Records.read(item, UploadItem::read));
                }
            });
        }
        return found.stream().filter(Upload::callback).findFirst();
    }
}

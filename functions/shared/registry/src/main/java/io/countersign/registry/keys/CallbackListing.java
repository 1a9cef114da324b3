package io.countersign.registry.keys;

import io.countersign.registry.Records;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
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
        List<Upload> found = new ArrayList<>();
        new AccountContents(store, now)
                .each(UploadItem.SORT_PREFIX, item -> found.add(Records.read(item, UploadItem::read)));
        return found.stream().filter(Upload::callback).findFirst();
    }
}

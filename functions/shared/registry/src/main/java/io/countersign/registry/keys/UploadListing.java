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
import java.util.function.Predicate;

/** Finds uploads that a server cannot serve as their manifest says. */
public record UploadListing(RegistryStore store, Instant now) {
    /** Returns the first one that matches, of any account. */
    public Optional<Upload> first(Predicate<Upload> matching) throws StoreUnavailable {
        List<Upload> found = new ArrayList<>(1);
        new AccountContents(store, now).each(UploadItem.SORT_PREFIX, item -> {
            Upload upload = Records.read(item, UploadItem::read);
            if (found.isEmpty() && matching.test(upload)) {
                found.add(upload);
            }
        });
        return found.stream().findFirst();
    }
}

package io.countersign.registry.keys;

import io.countersign.registry.Records;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Finds uploads that a server cannot serve as their manifest says. */
public record UploadListing(RegistryStore store, Instant now) {
    /** Returns the first one that matches, of any account. */
    public Optional<Upload> first(Predicate<Upload> matching) throws StoreUnavailable {
        AtomicReference<Optional<Upload>> found = new AtomicReference<>(Optional.empty());
        new AccountContents(store, now).each(UploadItem.SORT_PREFIX, item -> {
            Upload upload = Records.read(item, UploadItem::read);
            found.updateAndGet(before -> before.or(() -> Optional.of(upload).filter(matching)));
        });
        return found.get();
    }
}

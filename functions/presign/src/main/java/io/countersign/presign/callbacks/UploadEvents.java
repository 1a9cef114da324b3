package io.countersign.presign.callbacks;

import io.countersign.json.JsonText;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts the event of an upload into the outbox, from which it is sent. Safe for any number of threads and processes. */
final class UploadEvents {
    /** The {@code detail-type}; {@code events/out} has its schema. */
    static final String TYPE = "ObjectUploaded";

    /** A store under load may report a conflict with another transaction. */
    private static final int ATTEMPTS = 3;

    /** How much longer an upload is remembered than its token is good: a store deletes expired items by the clock of the writing process, which may be ahead. */
    private static final Duration OUTLIVES = Duration.ofDays(1);

    private final RegistryStore store;

    UploadEvents(RegistryStore store) {
        this.store = store;
    }

    /**
     * Writes the event unless one of this upload was written before, in one transaction: of the calls with one token, in any number of processes, exactly one writes it.
     *
     * @return whether it was this call
     */
    boolean tell(AllowedUpload upload, CallbackBody reported, Instant now) throws StoreUnavailable {
        OutboxItem.OutgoingEvent event =
                new OutboxItem.OutgoingEvent(TYPE + "." + upload.id(), TYPE, now, detail(upload, reported));
        Transaction once = Transaction.of(
                Write.put(told(upload), "{}", upload.until().plus(OUTLIVES), Condition.absentOrExpired()),
                Write.put(OutboxItem.key(event), OutboxItem.text(event), Condition.anything()));
        return ConflictRetry.until(
                ATTEMPTS, "the store is too busy to take the event of an upload; try again", () -> switch (store.write(
                        once, now)) {
                    case RegistryStore.WriteResult.Committed committed -> Optional.of(true);
                    case RegistryStore.WriteResult.Conflict conflict
                    when !conflict.failed().isEmpty() -> Optional.of(false);
                    case RegistryStore.WriteResult.Conflict busy -> Optional.empty();
                });
    }

    private static ItemKey told(AllowedUpload upload) {
        return new ItemKey("callback/" + upload.id(), "told");
    }

    private static String detail(AllowedUpload upload, CallbackBody reported) {
        return JsonText.object(json -> json.put("upload", upload.upload())
                .put("uploadId", upload.id())
                .put("accountId", upload.accountId())
                .put("bucket", upload.bucket())
                .put("key", upload.key())
                .put("size", reported.size())
                .put("eTag", reported.eTag())
                .put("contentType", reported.contentType())
                .put("provider", upload.providerArn())
                .put("subject", upload.subject()));
    }
}

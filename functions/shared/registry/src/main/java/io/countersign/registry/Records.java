package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;

/** Reads records from stored items. */
public final class Records {
    private Records() {}

    /** One of the {@code read} methods of the item types. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Item item) throws InvalidDocumentException;
    }

    /** @throws StoreUnavailable.UnreadableRecord when the item does not match its checksum or cannot be parsed */
    public static <T> T read(Item item, Reader<T> reader) throws StoreUnavailable.UnreadableRecord {
        if (item.intact().isEmpty()) {
            throw StoreUnavailable.UnreadableRecord.damaged(item.key());
        }
        try {
            return reader.read(item);
        } catch (InvalidDocumentException e) {
            throw new StoreUnavailable.UnreadableRecord(
                    "the record " + item.key().partition() + " " + item.key().sort()
                            + " in the registry cannot be read;"
                            + " it was changed by hand or by a newer Countersign: apply the manifest with that one",
                    e);
        }
    }
}

package io.countersign.registry.copy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies all items of a store to an empty one, as they are: what is sealed stays sealed. Items that have expired are
 * left out, and each item gets a version of the new store. Until both were compared the target has a {@link CopyMark}.
 *
 * @param source is not written meanwhile; a write that the copy missed is found at its end
 * @param now decides expiry, for both stores
 */
public record StoreCopy(ScannableStore source, ScannableStore target, Instant now) {
    private static final int PART = 100;

    /** How it ended. */
    public sealed interface Result {
        /** Both stores have the same items. */
        record Copied(Fingerprint fingerprint) implements Result {}

        /** The target has an item: of another registry, or of a copy that was interrupted. Nothing was written. */
        record TargetNotEmpty() implements Result {}

        /** The source is a copy that has not ended. Nothing was written. */
        record SourceUnfinished() implements Result {}

        /** The stores differ: one of them was written meanwhile. The target stays marked. */
        record Different(Fingerprint source, Fingerprint target) implements Result {}
    }

    /**
     * @throws StoreUnavailable when a store does not answer, or refuses a write
     * @throws StoreUnavailable.UnreadableRecord when an item of the source is damaged
     */
    public Result run() throws StoreUnavailable {
        if (CopyMark.isIn(source, now)) {
            return new Result.SourceUnfinished();
        }
        if (!isEmpty()) {
            return new Result.TargetNotEmpty();
        }
        write(CopyMark.set());
        Batch batch = new Batch();
        ScannableStore.each(source, PART, now, item -> batch.add(put(item)));
        batch.write();
        Fingerprint of = Fingerprint.of(source, now);
        Fingerprint copy = Fingerprint.of(target, now);
        if (!of.equals(copy)) {
            return new Result.Different(of, copy);
        }
        write(CopyMark.remove());
        return new Result.Copied(copy);
    }

    private boolean isEmpty() throws StoreUnavailable {
        Optional<ItemKey> after = Optional.empty();
        do {
            ScannableStore.Part part = target.scan(after, PART, now);
            if (!part.items().isEmpty()) {
                return false;
            }
            after = part.next();
        } while (after.isPresent());
        return true;
    }

    private static Write.Put put(Item item) throws StoreUnavailable {
        String payload = item.intact().orElseThrow(() -> StoreUnavailable.UnreadableRecord.damaged(item.key()));
        return new Write.Put(item.key(), payload, item.expiresAt(), Condition.absent());
    }

    private void write(Transaction transaction) throws StoreUnavailable {
        switch (target.write(transaction, now)) {
            case RegistryStore.WriteResult.Committed committed -> {}
            case RegistryStore.WriteResult.Conflict conflict ->
                throw new StoreUnavailable(
                        "the store to copy to was written by another process; stop it, empty the store and start"
                                + " again");
        }
    }

    /** The writes of the next transaction, within a transaction's bounds. */
    private final class Batch {
        private final List<Write> writes = new ArrayList<>();
        private int bytes;

        void add(Write.Put put) throws StoreUnavailable {
            int more = Write.bytes(put.payload());
            if (writes.size() == Transaction.MAX_WRITES || bytes + more > Transaction.MAX_PAYLOAD_BYTES) {
                write();
            }
            writes.add(put);
            bytes += more;
        }

        void write() throws StoreUnavailable {
            if (writes.isEmpty()) {
                return;
            }
            StoreCopy.this.write(new Transaction(writes));
            writes.clear();
            bytes = 0;
        }
    }
}

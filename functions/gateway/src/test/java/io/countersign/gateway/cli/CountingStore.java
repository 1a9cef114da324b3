package io.countersign.gateway.cli;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what is asked of a store, as DynamoDB would. */
final class CountingStore implements RegistryStore {
    /** A strongly consistent read takes one unit for each 4 KiB of an item, and one for an item that is not there. */
    private static final int UNIT_BYTES = 4_096;

    /** The names of the attributes and the version's digits. */
    private static final int OVERHEAD_BYTES = 4 + 11;

    private final RegistryStore store;
    private Count count = Count.NONE;

    CountingStore(RegistryStore store) {
        this.store = store;
    }

    /**
     * What was asked for.
     *
     * @param batches BatchGetItem calls
     * @param units read units
     * @param bytes of the items that were found
     * @param writes transactions
     */
    record Count(int batches, int units, int bytes, int writes) {
        static final Count NONE = new Count(0, 0, 0, 0);
    }

    /** What was counted since the last time. */
    Count taken() {
        Count taken = count;
        count = Count.NONE;
        return taken;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable {
        Map<ItemKey, Item> found = store.get(keys, consistency, now);
        int units = keys.size() - found.size();
        int bytes = 0;
        for (Item item : found.values()) {
            int size = size(item);
            units += Math.ceilDiv(size, UNIT_BYTES);
            bytes += size;
        }
        count = new Count(count.batches() + 1, count.units() + units, count.bytes() + bytes, count.writes());
        return found;
    }

    @Override
    public WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        count = new Count(count.batches(), count.units(), count.bytes(), count.writes() + 1);
        return store.write(transaction, now);
    }

    @Override
    public Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now) {
        throw new AssertionError("request paths read by key");
    }

    @Override
    public void close() {
        store.close();
    }

    private static int size(Item item) {
        return OVERHEAD_BYTES
                + item.key().partition().getBytes(StandardCharsets.UTF_8).length
                + item.key().sort().getBytes(StandardCharsets.UTF_8).length
                + Write.bytes(item.payload());
    }
}

package io.countersign.gateway.cli;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what is asked of a store, as DynamoDB would. */
final class CountingStore implements RegistryStore {
    /** A strongly consistent read takes one unit for each 4 KiB of an item, and one for an item that is not there. */
    private static final int UNIT_BYTES = 4_096;

    private static final int WRITE_UNIT_BYTES = 1_024;

    /** The names of the attributes, the version's digits and the checksum's. */
    private static final int OVERHEAD_BYTES = 5 + 11 + 6;

    private final RegistryStore store;
    private Count count = Count.NONE;

    CountingStore(RegistryStore store) {
        this.store = store;
    }

    /**
     * The counted calls of the store.
     *
     * @param reads BatchGetItem and Query calls
     * @param readUnits strongly consistent
     * @param bytes of the items that were found
     * @param writes PutItem and TransactWriteItems calls
     * @param writeUnits twice as many for what is in a transaction with others
     */
    record Count(int reads, int readUnits, int bytes, int writes, int writeUnits) {
        static final Count NONE = new Count(0, 0, 0, 0, 0);

        Count and(Count more) {
            return new Count(
                    reads + more.reads,
                    readUnits + more.readUnits,
                    bytes + more.bytes,
                    writes + more.writes,
                    writeUnits + more.writeUnits);
        }
    }

    /** The counts since the last call. */
    Count taken() {
        Count taken = count;
        count = Count.NONE;
        return taken;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        Map<ItemKey, Item> found = store.get(keys, consistency, now);
        int units = keys.size() - found.size();
        int bytes = 0;
        for (Item item : found.values()) {
            int size = size(item);
            units += Math.ceilDiv(size, UNIT_BYTES);
            bytes += size;
        }
        count = count.and(new Count(1, units, bytes, 0, 0));
        return found;
    }

    /** A single put costs one unit for each KiB. A write or check in a transaction with others costs two. */
    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        List<Write> writes = transaction.writes();
        int units = 0;
        for (Write write : writes) {
            units += Math.max(1, Math.ceilDiv(size(write, now), WRITE_UNIT_BYTES));
        }
        boolean alone = writes.size() == 1 && writes.getFirst() instanceof Write.Put;
        count = count.and(new Count(0, 0, 0, 1, alone ? units : 2 * units));
        return store.write(transaction, now);
    }

    /** The items of a page are added up before they are rounded; an empty page takes a unit too. */
    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.Page page = store.query(partition, after, limit, consistency, now);
        int bytes = page.items().stream().mapToInt(CountingStore::size).sum();
        count = count.and(new Count(1, Math.max(1, Math.ceilDiv(bytes, UNIT_BYTES)), bytes, 0, 0));
        return page;
    }

    @Override
    public void close() {
        store.close();
    }

    /** Of the item before or after the write, whichever is larger. */
    private int size(Write write, Instant now) throws StoreUnavailable {
        int before = store.get(Set.of(write.key()), RegistryStore.Consistency.STRONG, now).values().stream()
                .mapToInt(CountingStore::size)
                .sum();
        return write instanceof Write.Put put ? Math.max(before, size(put.key(), put.payload())) : before;
    }

    static int size(Item item) {
        return size(item.key(), item.intact().orElseThrow());
    }

    private static int size(ItemKey key, String payload) {
        return OVERHEAD_BYTES
                + key.partition().getBytes(StandardCharsets.UTF_8).length
                + key.sort().getBytes(StandardCharsets.UTF_8).length
                + Write.bytes(payload);
    }
}

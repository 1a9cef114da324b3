package io.countersign.registry.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The simplest implementation of the contract, for tests. It counts its calls and fails on request. */
public final class MemoryStore implements ScannableStore {
    private static final Comparator<String> BY_UTF8 = (one, other) -> Arrays.compareUnsigned(
            one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            other.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private final NavigableMap<ItemKey, Row> rows =
            new TreeMap<>(Comparator.comparing(ItemKey::partition, BY_UTF8).thenComparing(ItemKey::sort, BY_UTF8));
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private long versions;
    private volatile boolean down;
    private volatile int writesLeft = Integer.MAX_VALUE;

    private record Row(long version, String payload, Optional<Instant> expiresAt, long checksum) {
        Item at(ItemKey key) {
            return Item.of(key, version, payload, expiresAt, checksum);
        }
    }

    /** Changes the record as a broken disk would: the checksum stays. */
    public synchronized void spoil(ItemKey key, UnaryOperator<String> payload) {
        rows.computeIfPresent(
                key,
                (at, row) -> new Row(row.version(), payload.apply(row.payload()), row.expiresAt(), row.checksum()));
    }

    /** As {@link #spoil}: another expiry. */
    public synchronized void spoilExpiry(ItemKey key, Instant expiresAt) {
        rows.computeIfPresent(
                key, (at, row) -> new Row(row.version(), row.payload(), Optional.of(expiresAt), row.checksum()));
    }

    /** As {@link #spoil}: the record is under another key from now on. */
    public synchronized void move(ItemKey from, ItemKey to) {
        rows.put(to, Optional.ofNullable(rows.remove(from)).orElseThrow());
    }

    /** Batches and pages that were asked for so far. */
    public int reads() {
        return reads.get();
    }

    /** Transactions that were asked for so far. */
    public int writes() {
        return writes.get();
    }

    /** From now on every call fails, or none. */
    public void down(boolean isDown) {
        this.down = isDown;
    }

    /** The process dies, as it were, after that many further transactions. */
    public void diesAfter(int transactions) {
        this.writesLeft = transactions;
    }

    /** The whole contents, for comparing states. */
    public synchronized Map<ItemKey, String> payloads() {
        Map<ItemKey, String> all = new HashMap<>();
        rows.forEach((key, row) -> all.put(key, row.payload()));
        return all;
    }

    @Override
    public synchronized Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("too many keys");
        }
        reads.incrementAndGet();
        answer();
        Map<ItemKey, Item> found = new HashMap<>();
        for (ItemKey key : keys) {
            live(key, now).ifPresent(item -> found.put(key, item));
        }
        return found;
    }

    @Override
    public synchronized RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        writes.incrementAndGet();
        answer();
        if (writesLeft-- <= 0) {
            throw new StoreUnavailable("this store is dead");
        }
        List<ItemKey> failed = new ArrayList<>();
        for (Write write : transaction.writes()) {
            if (!holds(write, now)) {
                failed.add(write.key());
            }
        }
        if (!failed.isEmpty()) {
            return new RegistryStore.WriteResult.Conflict(failed);
        }
        for (Write write : transaction.writes()) {
            switch (write) {
                case Write.Put put -> put(put, ++versions);
                case Write.Delete delete -> rows.remove(delete.key());
                case Write.Check check -> {}
            }
        }
        return new RegistryStore.WriteResult.Committed();
    }

    @Override
    public synchronized RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.checkLimit(limit);
        reads.incrementAndGet();
        answer();
        List<Item> page = new ArrayList<>();
        for (var row : rows.entrySet()) {
            Item item = row.getValue().at(row.getKey());
            boolean behind = after.isEmpty() || BY_UTF8.compare(item.key().sort(), after.get()) > 0;
            if (item.key().partition().equals(partition) && behind && !item.expired(now)) {
                if (page.size() == limit) {
                    return new RegistryStore.Page(
                            page, Optional.of(page.getLast().key().sort()));
                }
                page.add(item);
            }
        }
        return new RegistryStore.Page(page, Optional.empty());
    }

    @Override
    public synchronized ScannableStore.Part scan(Optional<ItemKey> after, int limit, Instant now)
            throws StoreUnavailable {
        reads.incrementAndGet();
        answer();
        List<Item> items = new ArrayList<>();
        for (var row : (after.isPresent() ? rows.tailMap(after.get(), false) : rows).entrySet()) {
            Item item = row.getValue().at(row.getKey());
            if (items.size() == limit) {
                return new ScannableStore.Part(
                        items, Optional.of(items.getLast().key()));
            }
            if (!item.expired(now)) {
                items.add(item);
            }
        }
        return new ScannableStore.Part(items, Optional.empty());
    }

    @Override
    public void close() {}

    private void answer() throws StoreUnavailable {
        if (down) {
            throw new StoreUnavailable("this store is down");
        }
    }

    private Optional<Item> live(ItemKey key, Instant now) {
        return Optional.ofNullable(rows.get(key)).map(row -> row.at(key)).filter(item -> !item.expired(now));
    }

    private void put(Write.Put put, long version) {
        long checksum = Item.Checksum.of(put.key(), version, put.payload(), put.expiresAt());
        rows.put(put.key(), new Row(version, put.payload(), put.expiresAt(), checksum));
    }

    private boolean holds(Write write, Instant now) {
        return switch (write.condition()) {
            case Condition.Anything anything -> true;
            case Condition.Absent absent -> !rows.containsKey(write.key());
            case Condition.AbsentOrExpired absent -> live(write.key(), now).isEmpty();
            case Condition.VersionEquals equals ->
                live(write.key(), now)
                        .filter(item -> item.version() == equals.version())
                        .isPresent();
        };
    }
}

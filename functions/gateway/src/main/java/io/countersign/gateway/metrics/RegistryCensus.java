package io.countersign.gateway.metrics;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.keys.KeyListing;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Counts the records that an operator watches. Runs on one thread; any thread may read the last result, so a scrape reads nothing from the store. Counting all keys costs a read of each, so they are counted less often than
 * the due keys and the waiting events, which are few.
 */
final class RegistryCensus {
    /** The time between two counts of all keys. */
    static final Duration KEYS_EVERY = Duration.ofMinutes(5);

    private static final int PAGE = 1_000;

    private final RegistryStore store;
    private final Instant start;
    private volatile Optional<Result> last = Optional.empty();

    /**
     * A result.
     *
     * @param at when the due keys and the events were counted
     * @param keysAt when the keys were counted, before {@code at} by {@link #KEYS_EVERY} at most
     * @param keys without tombstones
     * @param due the owners whose keys have a step of rotation that is due
     * @param waiting the events that were not sent yet
     */
    record Result(Instant at, Instant keysAt, Map<KeyStatus, Integer> keys, int due, int waiting) {}

    /** @param start when the first count was asked for */
    RegistryCensus(RegistryStore store, Instant start) {
        this.store = store;
        this.start = start;
    }

    /** Empty until the first count has succeeded. */
    Optional<Result> last() {
        return last;
    }

    /** When the due keys and the events were counted; the start until the first count has succeeded, so that the age of this time always tells of a failure. */
    Instant countedAt() {
        return last.map(Result::at).orElse(start);
    }

    /**
     * Counts.
     *
     * @throws StoreUnavailable when the store fails. The last result remains, whose age tells of the failure.
     */
    void take(Instant now) throws StoreUnavailable {
        boolean keysAreOld = last.isEmpty()
                || Duration.between(last.get().keysAt(), now).abs().compareTo(KEYS_EVERY) >= 0;
        Map<KeyStatus, Integer> keys = keysAreOld ? keys(now) : last.get().keys();
        Instant keysAt = keysAreOld ? now : last.get().keysAt();
        last = Optional.of(new Result(now, keysAt, keys, due(now), count(OutboxItem.PARTITION, item -> true, now)));
    }

    private Map<KeyStatus, Integer> keys(Instant now) throws StoreUnavailable {
        Map<KeyStatus, Integer> counts = new EnumMap<>(KeyStatus.class);
        new KeyListing(store, now).<StoreUnavailable>each(keys -> {
            for (Item key : keys) {
                counts.merge(Records.read(key, AccessKeyItem::read).status(), 1, Integer::sum);
            }
        });
        return counts;
    }

    private int due(Instant now) throws StoreUnavailable {
        int due = 0;
        for (int shard = 0; shard < DueItem.SHARDS; shard++) {
            due += count(DueItem.partition(shard), item -> DueItem.hasCome(item, now), now);
        }
        return due;
    }

    /** Counts the items of a partition up to the first that does not match. */
    private int count(String partition, Predicate<Item> matching, Instant now) throws StoreUnavailable {
        int count = 0;
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page = store.query(partition, after, PAGE, RegistryStore.Consistency.EVENTUAL, now);
            for (Item item : page.items()) {
                if (!matching.test(item)) {
                    return count;
                }
                count++;
            }
            after = page.next();
        } while (after.isPresent());
        return count;
    }
}

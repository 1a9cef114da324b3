package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Records;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the keys of the stores behind all buckets, in batches of up to a hundred. */
record UpstreamKeyListing(RegistryStore store, Instant now) {
    /** Receives one key. */
    @FunctionalInterface
    interface Visitor {
        /** @param key an item for {@link UpstreamKeyItem#read} */
        void visit(Item key) throws SealingException, StoreUnavailable;
    }

    void each(Visitor visitor) throws SealingException, StoreUnavailable {
        List<String> accounts = new ArrayList<>();
        new Partition(store, AccountItem.PARTITION)
                .each(
                        now,
                        item -> accounts.add(
                                Records.read(item, AccountItem::read).id()));
        Set<ItemKey> keys = new LinkedHashSet<>();
        for (String account : accounts) {
            new Partition(store, AccountItem.contents(account)).each(now, item -> {
                if (item.key().sort().startsWith(BucketItem.SORT_PREFIX)) {
                    keys.add(UpstreamKeyItem.key(Records.read(item, BucketItem::readReference)));
                }
            });
        }
        List<ItemKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += RegistryStore.MAX_KEYS) {
            Set<ItemKey> batch = Set.copyOf(all.subList(from, Math.min(from + RegistryStore.MAX_KEYS, all.size())));
            for (Item item :
                    store.get(batch, RegistryStore.Consistency.STRONG, now).values()) {
                visitor.visit(item);
            }
        }
    }
}

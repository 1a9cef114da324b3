package io.countersign.registry.keys;

import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Records;
import io.countersign.registry.Upstream;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the buckets that have stores behind them, and the keys of these stores, in batches of up to a hundred. */
public record UpstreamListing(RegistryStore store, Instant now) {
    /** Returns the buckets with a store behind them, of all accounts. */
    public List<Bucket> buckets() throws StoreUnavailable {
        List<Bucket> found = new ArrayList<>();
        for (Item item : items(BucketItem::key)) {
            Bucket bucket = Records.read(item, BucketItem::read);
            if (bucket.upstream().isPresent()) {
                found.add(bucket);
            }
        }
        return List.copyOf(found);
    }

    /** Returns one whose store speaks this protocol. */
    public Optional<Bucket> first(Upstream.Protocol protocol) throws StoreUnavailable {
        return buckets().stream()
                .filter(bucket -> bucket.upstream().map(Upstream::protocol).equals(Optional.of(protocol)))
                .findFirst();
    }

    /** Returns items for {@link UpstreamKeyItem#read}. */
    List<Item> keys() throws StoreUnavailable {
        return items(UpstreamKeyItem::key);
    }

    private List<Item> items(Function<String, ItemKey> of) throws StoreUnavailable {
        List<ItemKey> keys = names().stream().map(of).toList();
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += RegistryStore.MAX_KEYS) {
            Set<ItemKey> batch = Set.copyOf(keys.subList(from, Math.min(from + RegistryStore.MAX_KEYS, keys.size())));
            items.addAll(store.get(batch, RegistryStore.Consistency.STRONG, now).values());
        }
        return items;
    }

    private Collection<String> names() throws StoreUnavailable {
        Set<String> names = new LinkedHashSet<>();
        new AccountContents(store, now)
                .each(BucketItem.SORT_PREFIX, item -> names.add(Records.read(item, BucketItem::readReference)));
        return names;
    }
}

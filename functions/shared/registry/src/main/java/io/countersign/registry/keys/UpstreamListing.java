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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the buckets that have stores behind them, and the keys of these stores, in batches of up to a hundred. */
public record UpstreamListing(RegistryStore store, Instant now) {
    /** Returns the buckets with a store behind them, of all accounts. */
    public List<Bucket> buckets() throws StoreUnavailable {
        List<Bucket> found = new ArrayList<>();
        for (Item item : items(names(), BucketItem::key)) {
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

    /** A key of a foreign store, without its secret. */
    public record ForeignKey(String bucket, String id) {}

    /** Returns the keys that are the stores' own, by the names of their buckets. */
    public List<ForeignKey> foreignKeys() throws StoreUnavailable {
        Map<ItemKey, String> buckets = new HashMap<>();
        Collection<String> names = names();
        names.forEach(name -> buckets.put(UpstreamKeyItem.key(name), name));
        List<ForeignKey> found = new ArrayList<>();
        for (Item item : items(names, UpstreamKeyItem::key)) {
            String bucket = Objects.requireNonNull(buckets.get(item.key()));
            found.add(new ForeignKey(
                    bucket, Records.read(item, UpstreamKeyItem::read).id()));
        }
        found.sort(Comparator.comparing(ForeignKey::bucket));
        return List.copyOf(found);
    }

    /** Returns items for {@link UpstreamKeyItem#read}. */
    List<Item> keys() throws StoreUnavailable {
        return items(names(), UpstreamKeyItem::key);
    }

    private List<Item> items(Collection<String> names, Function<String, ItemKey> of) throws StoreUnavailable {
        List<ItemKey> keys = names.stream().map(of).toList();
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

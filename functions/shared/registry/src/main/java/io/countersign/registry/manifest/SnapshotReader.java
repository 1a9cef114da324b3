package io.countersign.registry.manifest;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the items that a manifest and the registry have in common: lists by partition, the rest by key, a hundred at a
 * time.
 */
final class SnapshotReader {
    private final RegistryStore store;
    private final Instant now;
    private final Snapshot snapshot = new Snapshot();

    private SnapshotReader(RegistryStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    static Snapshot read(RegistryStore store, Manifest manifest, Instant now) throws StoreUnavailable {
        SnapshotReader reader = new SnapshotReader(store, now);
        reader.list(AccountItem.PARTITION);
        reader.list(BucketItem.REGIONS);
        reader.list(UnshownKeys.UnshownItem.PARTITION);
        Set<ItemKey> keys = new LinkedHashSet<>(Set.of(TokenKeyItem.KEY));
        Set<String> buckets = new LinkedHashSet<>();
        for (AccountItem.Account account : reader.snapshot.records(AccountItem.PARTITION, "", AccountItem::read)) {
            reader.account(account, keys, buckets);
        }
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            named(account, keys, buckets);
        }
        for (String bucket : buckets) {
            keys.add(BucketItem.key(bucket));
            keys.add(UpstreamKeyItem.key(bucket));
        }
        reader.get(keys);
        reader.buckets(buckets);
        return reader.snapshot;
    }

    private void account(AccountItem.Account account, Set<ItemKey> keys, Set<String> buckets) throws StoreUnavailable {
        String contents = AccountItem.contents(account.id());
        list(contents);
        account.accessKeyIds().forEach(id -> accessKey(id, keys));
        for (RamUser user : snapshot.records(contents, UserItem.SORT_PREFIX, UserItem::read)) {
            user.accessKeyIds().forEach(id -> accessKey(id, keys));
            user.uid().ifPresent(uid -> keys.add(UserItem.uidKey(uid)));
        }
        for (OidcProvider provider : snapshot.records(contents, ProviderItem.SORT_PREFIX, ProviderItem::read)) {
            audiences(provider, keys);
            keys.add(RevocationItem.key(provider.revocable()));
        }
        buckets.addAll(snapshot.records(contents, BucketItem.SORT_PREFIX, BucketItem::readReference));
    }

    private static void named(Manifest.ManifestAccount account, Set<ItemKey> keys, Set<String> buckets) {
        List<Manifest.ManifestKey> accessKeys = new ArrayList<>(account.accessKeys());
        account.users().forEach(user -> accessKeys.addAll(user.accessKeys()));
        accessKeys.forEach(key -> key.id().ifPresent(id -> accessKey(id, keys)));
        keys.add(UserItem.uidKey(account.id()));
        account.users().forEach(user -> user.uid().ifPresent(uid -> keys.add(UserItem.uidKey(uid))));
        account.providers().forEach(provider -> audiences(provider.record(), keys));
        for (Manifest.ManifestBucket bucket : account.buckets()) {
            buckets.add(bucket.record().name());
            bucket.record().domains().forEach(domain -> keys.add(BucketItem.domainKey(domain)));
            bucket.record().upstream().ifPresent(upstream -> keys.add(BucketItem.physicalKey(upstream)));
        }
    }

    private static void accessKey(String id, Set<ItemKey> keys) {
        keys.add(AccessKeyItem.key(id));
        keys.add(PrincipalItem.key(id));
    }

    private static void audiences(OidcProvider provider, Set<ItemKey> keys) {
        provider.clientIds().forEach(audience -> keys.add(ProviderItem.audienceKey(provider.issuer(), audience)));
    }

    /** The items that depend on stored buckets: their domains, what is behind them, and the ACLs of their objects. */
    private void buckets(Set<String> names) throws StoreUnavailable {
        Set<ItemKey> reserved = new LinkedHashSet<>();
        for (String name : names) {
            Optional<Bucket> bucket = snapshot.record(BucketItem.key(name), BucketItem::read);
            if (bucket.isPresent()) {
                bucket.get().domains().forEach(domain -> reserved.add(BucketItem.domainKey(domain)));
                bucket.get().upstream().ifPresent(upstream -> reserved.add(BucketItem.physicalKey(upstream)));
            }
            list(ObjectAclItem.partition(name));
        }
        get(reserved);
    }

    private void list(String partition) throws StoreUnavailable {
        List<Item> items = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page =
                    store.query(partition, after, RegistryStore.MAX_PAGE, RegistryStore.Consistency.STRONG, now);
            items.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        snapshot.addPartition(partition, items);
    }

    private void get(Set<ItemKey> keys) throws StoreUnavailable {
        Iterator<ItemKey> rest = keys.iterator();
        while (rest.hasNext()) {
            Set<ItemKey> batch = new LinkedHashSet<>();
            while (rest.hasNext() && batch.size() < RegistryStore.MAX_KEYS) {
                batch.add(rest.next());
            }
            store.get(batch, RegistryStore.Consistency.STRONG, now).values().forEach(snapshot::add);
        }
    }

    /**
     * The stored items on which a plan is based. Every write of the plan is conditional on the item being unchanged.
     */
    static final class Snapshot {
        private final Map<ItemKey, Item> items = new HashMap<>();
        private final Map<String, List<Item>> partitions = new HashMap<>();

        void add(Item item) {
            items.put(item.key(), item);
        }

        void addPartition(String partition, List<Item> listed) {
            partitions.put(partition, List.copyOf(listed));
            listed.forEach(this::add);
        }

        Optional<Item> item(ItemKey key) {
            return Optional.ofNullable(items.get(key));
        }

        <T> Optional<T> record(ItemKey key, Records.Reader<T> reader) throws StoreUnavailable {
            Optional<Item> item = item(key);
            return item.isEmpty() ? Optional.empty() : Optional.of(Records.read(item.get(), reader));
        }

        /** Returns the items of a partition with this prefix, ordered by sort key. */
        List<Item> listed(String partition, String sortPrefix) {
            return partitions.getOrDefault(partition, List.of()).stream()
                    .filter(item -> item.key().sort().startsWith(sortPrefix))
                    .toList();
        }

        <T> List<T> records(String partition, String sortPrefix, Records.Reader<T> reader) throws StoreUnavailable {
            List<T> records = new ArrayList<>();
            for (Item item : listed(partition, sortPrefix)) {
                records.add(Records.read(item, reader));
            }
            return records;
        }

        /** The condition that the item is unchanged. */
        Condition asItWas(ItemKey key) {
            Item item = items.get(key);
            return item == null ? Condition.absent() : Condition.versionEquals(item.version());
        }
    }
}

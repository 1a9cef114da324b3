package io.countersign.rotate;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Owner;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads owners and their keys from the store with strong consistency, without a cache. */
record KeyOwners(RegistryStore store) {
    /** Loads an owner; empty when there is none of that name. */
    Optional<KeyOwner.Loaded> load(Owner owner, Instant now) throws StoreUnavailable {
        ItemKey itemKey =
                switch (owner) {
                    case Owner.OfAccount account -> AccountItem.key(account.accountId());
                    case Owner.OfUser user -> UserItem.key(user.accountId(), user.userName());
                };
        Optional<Item> item = get(itemKey, now);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        KeyOwner.Subject subject = subject(owner, item.get());
        Set<ItemKey> keys = new LinkedHashSet<>();
        ids(subject).forEach(id -> keys.add(AccessKeyItem.key(id)));
        Map<ItemKey, Item> items = new HashMap<>(store.get(keys, RegistryStore.Consistency.STRONG, now));
        List<StoredKey> stored = new ArrayList<>();
        for (Item key : items.values()) {
            stored.add(Records.read(key, AccessKeyItem::read));
        }
        items.put(itemKey, item.get());
        return Optional.of(new KeyOwner.Loaded(new KeyOwner(subject, stored), item.get(), items));
    }

    /** Reads the key of that id, also a deleted one. */
    Optional<StoredKey> key(String id, Instant now) throws StoreUnavailable {
        Optional<Item> item = get(AccessKeyItem.key(id), now);
        return item.isEmpty() ? Optional.empty() : Optional.of(Records.read(item.get(), AccessKeyItem::read));
    }

    Optional<Item> get(ItemKey key, Instant now) throws StoreUnavailable {
        return Optional.ofNullable(
                store.get(Set.of(key), RegistryStore.Consistency.STRONG, now).get(key));
    }

    private static KeyOwner.Subject subject(Owner owner, Item item) throws StoreUnavailable {
        return switch (owner) {
            case Owner.OfAccount account -> new KeyOwner.Subject.OfAccount(Records.read(item, AccountItem::read));
            case Owner.OfUser user -> new KeyOwner.Subject.OfUser(Records.read(item, UserItem::read));
        };
    }

    private static List<String> ids(KeyOwner.Subject subject) {
        return switch (subject) {
            case KeyOwner.Subject.OfAccount account -> account.account().accessKeyIds();
            case KeyOwner.Subject.OfUser user -> user.user().accessKeyIds();
        };
    }
}

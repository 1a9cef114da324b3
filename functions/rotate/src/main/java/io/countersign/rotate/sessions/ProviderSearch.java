package io.countersign.rotate.sessions;

import io.countersign.registry.AccountItem;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem.Revocable;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the provider that a caller names: by its ARN in one read, by its name in all accounts. */
public record ProviderSearch(RegistryStore store) {
    /** What a search has found. */
    public sealed interface Found {
        record One(Revocable.OfProvider provider) implements Found {}

        record None() implements Found {}

        /** Several accounts have a provider of this name. */
        record Several() implements Found {}
    }

    public Found find(ProviderName name, Instant now) throws StoreUnavailable {
        List<Revocable.OfProvider> found = new ArrayList<>();
        if (name.accountId().isPresent()) {
            add(name.accountId().get(), name.name(), found, now);
        } else {
            new Partition(store, AccountItem.PARTITION)
                    .each(now, item -> add(Records.read(item, AccountItem::read).id(), name.name(), found, now));
        }
        if (found.size() == 1) {
            return new Found.One(found.getFirst());
        }
        return found.isEmpty() ? new Found.None() : new Found.Several();
    }

    private void add(String accountId, String name, List<Revocable.OfProvider> found, Instant now)
            throws StoreUnavailable {
        ItemKey key = ProviderItem.key(accountId, name);
        Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                        .get(key))
                .ifPresent(item -> found.add(new Revocable.OfProvider(accountId, name)));
    }
}

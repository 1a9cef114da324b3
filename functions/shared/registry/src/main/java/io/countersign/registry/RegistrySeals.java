package io.countersign.registry;

import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.SealedRecords;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a root key against the registry's token keys. Every registry has token keys from its first apply or start, in
 * one record, and a reseal moves them first.
 */
public record RegistrySeals(RegistryStore store, SecureRandom random, InstantSource clock) implements SealedRecords {
    @Override
    public boolean none() throws SealingException {
        Instant now = clock.instant();
        try {
            return tokenKeys(now).isEmpty()
                    && store.query(AccountItem.PARTITION, Optional.empty(), 1, RegistryStore.Consistency.STRONG, now)
                            .items()
                            .isEmpty();
        } catch (StoreUnavailable e) {
            throw new SealingException(e.getMessage(), e);
        }
    }

    @Override
    public void requireOpenedBy(RootKey root) throws SealingException {
        Sealer opener = new Sealer(root, random);
        try {
            Optional<Item> item = tokenKeys(clock.instant());
            if (item.isPresent()) {
                for (TokenKeyItem.StoredTokenKey key : Records.read(item.get(), TokenKeyItem::read)) {
                    key.opened(opener);
                }
            }
        } catch (StoreUnavailable e) {
            throw new SealingException(e.getMessage(), e);
        }
    }

    private Optional<Item> tokenKeys(Instant now) throws StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(TokenKeyItem.KEY), RegistryStore.Consistency.STRONG, now)
                .get(TokenKeyItem.KEY));
    }
}

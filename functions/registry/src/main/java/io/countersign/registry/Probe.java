package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads the token keys and opens them, so often at most that nobody can load the store by asking after its health. A registry without any has nothing to open. */
final class Probe {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RegistryStore store;
    private final Sealer sealer;
    private Optional<Instant> askedAt = Optional.empty();
    private Optional<StoreUnavailable> failure = Optional.empty();

    Probe(RegistryStore store, Sealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    synchronized void ask(Instant now) throws StoreUnavailable {
        if (askedAt.isEmpty() || Duration.between(askedAt.get(), now).abs().compareTo(PAUSE) >= 0) {
            askedAt = Optional.of(now);
            try {
                open(now);
                failure = Optional.empty();
            } catch (StoreUnavailable e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void open(Instant now) throws StoreUnavailable {
        for (Item item :
                store.get(Set.of(TokenKeyItem.KEY), Consistency.STRONG, now).values()) {
            for (StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
                try {
                    key.opened(sealer);
                } catch (SealingException e) {
                    throw new StoreUnavailable(e.getMessage(), e);
                }
            }
        }
    }
}

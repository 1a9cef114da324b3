package io.countersign.registry;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Asks the store for an item that need not exist, so often at most that nobody can load the store by asking after its health. */
final class Probe {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Set<ItemKey> NOTHING = Set.of(new ItemKey("probe", "probe"));

    private final RegistryStore store;
    private Optional<Instant> askedAt = Optional.empty();
    private Optional<StoreUnavailable> failure = Optional.empty();

    Probe(RegistryStore store) {
        this.store = store;
    }

    synchronized void ask(Instant now) throws StoreUnavailable {
        if (askedAt.isEmpty() || Duration.between(askedAt.get(), now).abs().compareTo(PAUSE) >= 0) {
            askedAt = Optional.of(now);
            try {
                store.get(NOTHING, Consistency.STRONG, now);
                failure = Optional.empty();
            } catch (StoreUnavailable e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}

package io.countersign.gateway.rotation;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One process's way to the store. The process is killed at one of its writes, and from then on reaches nothing. */
final class MortalStore implements RegistryStore {
    /** When a process is killed at a write. */
    enum Death {
        BEFORE_THE_WRITE,
        /** The write was made, and nobody in the process knows. */
        BEFORE_THE_ANSWER
    }

    private final RegistryStore store;
    private final Death death;
    private int writesLeft;
    private boolean dead;

    /** @param writes that are still made and answered */
    MortalStore(RegistryStore store, int writes, Death death) {
        this.store = store;
        this.writesLeft = writes;
        this.death = death;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        live();
        return store.get(keys, consistency, now);
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        live();
        dead = writesLeft-- == 0;
        if (dead && death == Death.BEFORE_THE_WRITE) {
            live();
        }
        RegistryStore.WriteResult result = store.write(transaction, now);
        live();
        return result;
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        live();
        return store.query(partition, after, limit, consistency, now);
    }

    @Override
    public void close() {}

    private void live() throws StoreUnavailable {
        if (dead) {
            throw new StoreUnavailable("the process was killed");
        }
    }
}

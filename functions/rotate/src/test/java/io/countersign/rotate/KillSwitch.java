package io.countersign.rotate;

import io.countersign.http.client.Transport;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kills a process, or has another overtake it, between any two of its acts: transactions of the store, and calls of RAM. Point 2n is before act n, and 2n + 1 after it. */
final class KillSwitch {
    /** Nothing catches it: the process is gone. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final int at;
    private final Runnable cut;
    private int point;

    KillSwitch(int at) {
        this(at, () -> {
            throw new Died();
        });
    }

    private KillSwitch(int at, Runnable cut) {
        this.at = at;
        this.cut = cut;
    }

    /** One that has something else done at a point, after which the process goes on. */
    static KillSwitch doing(int at, Runnable meanwhile) {
        return new KillSwitch(at, meanwhile);
    }

    /** One that never kills. */
    static KillSwitch off() {
        return new KillSwitch(-1);
    }

    /** How many points were passed so far. */
    int points() {
        return point;
    }

    Transport around(Transport transport) {
        return (uri, headers, body, timeout) -> {
            pass();
            Transport.Answer answer = transport.post(uri, headers, body, timeout);
            pass();
            return answer;
        };
    }

    RegistryStore around(RegistryStore store) {
        return new RegistryStore() {
            @Override
            public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
                    throws StoreUnavailable {
                return store.get(keys, consistency, now);
            }

            @Override
            public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
                pass();
                RegistryStore.WriteResult result = store.write(transaction, now);
                pass();
                return result;
            }

            @Override
            public RegistryStore.Page query(
                    String partition,
                    Optional<String> after,
                    int limit,
                    RegistryStore.Consistency consistency,
                    Instant now)
                    throws StoreUnavailable {
                return store.query(partition, after, limit, consistency, now);
            }

            @Override
            public void close() {}
        };
    }

    private void pass() {
        if (point++ == at) {
            cut.run();
        }
    }
}

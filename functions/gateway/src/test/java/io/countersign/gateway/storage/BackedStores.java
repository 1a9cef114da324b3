package io.countersign.gateway.storage;

import io.countersign.gateway.live.ServedGateway;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** One {@link BackedStorage} of each kind, started when a test first asks for it. */
public class BackedStores<G extends ServedGateway> implements AutoCloseable {
    private final Map<StoreKind, BackedStorage<G>> started = new EnumMap<>(StoreKind.class);
    private final BackedStorage.Starter<G> starter;

    protected BackedStores(BackedStorage.Starter<G> starter) {
        this.starter = starter;
    }

    public final synchronized BackedStorage<G> of(StoreKind kind) {
        return started.computeIfAbsent(kind, this::start);
    }

    private BackedStorage<G> start(StoreKind kind) {
        try {
            return BackedStorage.start(kind, starter);
        } catch (Exception e) {
            throw new IllegalStateException("the storage with " + kind + " behind it did not start", e);
        }
    }

    @Override
    public final void close() throws IOException {
        for (BackedStorage<G> storage : started.values()) {
            storage.close();
        }
    }
}

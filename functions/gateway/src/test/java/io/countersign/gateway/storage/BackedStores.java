package io.countersign.gateway.storage;

import io.countersign.gateway.live.ServedGateway;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** One {@link BackedStorage} of each kind, started when a test first asks for it. */
public class BackedStores<G extends ServedGateway> implements AutoCloseable {
    private final Map<StoreKind, BackedStorage<G>> started = new EnumMap<>(StoreKind.class);
    private final String appOrigin;
    private final BackedStorage.Starter<G> starter;

    /** Of an app without pages. */
    protected BackedStores(BackedStorage.Starter<G> starter) {
        this("http://localhost:1", starter);
    }

    /** @param appOrigin the origin of the app's pages */
    protected BackedStores(String appOrigin, BackedStorage.Starter<G> starter) {
        this.appOrigin = appOrigin;
        this.starter = starter;
    }

    public final synchronized BackedStorage<G> of(StoreKind kind) {
        return started.computeIfAbsent(kind, this::start);
    }

    private BackedStorage<G> start(StoreKind kind) {
        try {
            return BackedStorage.start(kind, appOrigin, starter);
        } catch (Exception e) {
            throw new IllegalStateException("the storage with " + kind + " behind it did not start", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (BackedStorage<G> storage : started.values()) {
            storage.close();
        }
    }
}

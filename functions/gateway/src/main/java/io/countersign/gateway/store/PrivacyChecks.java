package io.countersign.gateway.store;

import io.countersign.http.Outages;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.registry.store.StoreUnavailable;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has stores asked whether others can read them: those of all buckets at the start, and later those of buckets that are new or have another store. Safe for use by any thread. */
final class PrivacyChecks {
    private final PrivacyProbe probe;
    private final RegistryBuckets buckets;
    private Map<String, Upstream> checked = Map.of();
    private volatile Optional<Vertx> server = Optional.empty();

    PrivacyChecks(PrivacyProbe probe, RegistryBuckets buckets) {
        this.probe = probe;
        this.buckets = buckets;
    }

    /** The port is open. */
    void opened(Vertx vertx) {
        server = Optional.of(vertx);
        check(vertx);
    }

    /** The registry may have changed. Without an open port nobody is asked. */
    void applied() {
        server.ifPresent(this::check);
    }

    private void check(Vertx vertx) {
        vertx.runOnContext(loop -> vertx.executeBlocking(this::unchecked)
                .onSuccess(found -> probe.check(vertx, found))
                .onFailure(Outages::log));
    }

    private synchronized List<Bucket> unchecked() throws StoreUnavailable {
        List<Bucket> found = buckets.withStores();
        Map<String, Upstream> before = checked;
        Map<String, Upstream> now = new HashMap<>();
        for (Bucket bucket : found) {
            bucket.upstream().ifPresent(upstream -> now.put(bucket.name(), upstream));
        }
        checked = now;
        return found.stream()
                .filter(bucket ->
                        !Optional.ofNullable(before.get(bucket.name())).equals(bucket.upstream()))
                .toList();
    }
}

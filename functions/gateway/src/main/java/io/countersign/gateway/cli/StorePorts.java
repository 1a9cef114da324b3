package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.gateway.store.RegistryBuckets;
import io.countersign.gateway.store.StorePort;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.identity.token.SessionReader;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import java.time.InstantSource;

/** Makes the port in front of the stores behind buckets. */
final class StorePorts {
    /** The number of derived keys to cache: of clients, and of the keys that sign for stores. */
    private static final int SIGNING_KEYS = 1024;

    private StorePorts() {}

    /** @param store the store of {@code registry}, which has no other */
    static StorePort of(
            KeyRegistry registry, WorkerStore store, Settings settings, InstantSource clock, DecisionSink decisions) {
        SigningKeys keys = new SigningKeys(SIGNING_KEYS);
        Verifier verifier = new Verifier(
                registry,
                SessionOpener.of(new SessionReader(registry)),
                keys,
                settings.verify().bases());
        return new StorePort(
                registry,
                verifier,
                new UpstreamRequests(registry, keys),
                new AclWriter(store),
                new UrlUses(store),
                settings.upstream(),
                settings.upstreams().addresses(),
                new RegistryBuckets(store, clock),
                decisions);
    }
}

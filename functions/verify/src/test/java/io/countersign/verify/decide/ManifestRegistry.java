package io.countersign.verify.decide;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Instant;

/** A registry in memory that holds what a manifest says. */
public final class ManifestRegistry {
    private ManifestRegistry() {}

    public static KeyRegistry of(String manifest, Instant now) {
        MemoryStore store = new MemoryStore();
        Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());
        try {
            ManifestApplier.apply(
                    Manifest.parse(manifest),
                    store,
                    sealer,
                    ApplyOptions.of(false),
                    KeyKeeper.reportAlone(),
                    now,
                    Seeds.secure());
        } catch (InvalidDocumentException | ApplyRefusal | ApplyRefusal.ApplyInterrupted | StoreUnavailable e) {
            throw new AssertionError(e);
        }
        return new KeyRegistry(store, sealer, CacheSettings.Bounds.DEFAULT);
    }
}

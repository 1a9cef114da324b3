package io.countersign.registry.manifest;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Applies a manifest to a registry.
 *
 * <p>Applying the same manifest again changes nothing. Each record is written with all items that depend on it, and
 * with as many other records as fit, in one transaction that is conditional on the items that were read. After a
 * conflict the rest is planned again from the current items. Two concurrent applies therefore leave each record as one
 * of them wants it, and an apply that was interrupted is finished by the next one. Each transaction contains the audit
 * record of its changes. The secrets of generated keys are passed to their keeper before the transaction that makes
 * the keys.
 */
public final class ManifestApplier {
    private static final int MAX_PLANS = 200;

    private ManifestApplier() {}

    /**
     * Checks that an empty registry would accept the manifest, without reading or writing anything. Use it before
     * making a registry for the manifest.
     *
     * @throws ApplyRefusal when the manifest does not fit
     */
    public static void check(
            Manifest manifest, Sealer sealer, ApplyOptions options, KeyKeeper keeper, Instant now, SecureRandom random)
            throws ApplyRefusal, StoreUnavailable {
        ApplyPlan.of(
                new ApplyPlan.Planning(new SnapshotReader.Snapshot(), sealer, options, keeper.place(), now, random),
                manifest);
    }

    /**
     * Applies a manifest.
     *
     * @param keeper receives the secrets of generated keys before the keys are made
     * @param now the present
     * @param random the source of ids and secrets
     * @throws ApplyRefusal when the manifest does not fit the registry; nothing was written
     * @throws ApplyRefusal.ApplyInterrupted when a part was written and the rest could not be
     * @throws StoreUnavailable when the store does not answer and nothing was written
     */
    public static ApplyReport apply(
            Manifest manifest,
            RegistryStore store,
            Sealer sealer,
            ApplyOptions options,
            KeyKeeper keeper,
            Instant now,
            SecureRandom random)
            throws ApplyRefusal, ApplyRefusal.ApplyInterrupted, StoreUnavailable {
        ApplyReport.Progress progress = new ApplyReport.Progress();
        for (int plans = 0; plans < MAX_PLANS; plans++) {
            ApplyPlan plan;
            try {
                SnapshotReader.Snapshot snapshot = SnapshotReader.read(store, manifest, now);
                plan = ApplyPlan.of(
                        new ApplyPlan.Planning(snapshot, sealer, options, keeper.place(), now, random), manifest);
            } catch (StoreUnavailable | ApplyRefusal e) {
                if (progress.hasWritten()) {
                    throw new ApplyRefusal.ApplyInterrupted(progress.report(), String.valueOf(e.getMessage()), e);
                }
                throw e;
            }
            progress.noted(plan.notes());
            if (new ChangeSetWriter(store, keeper, options.eventId(), now, progress).made(plan.changeSets())) {
                return progress.report();
            }
        }
        throw new ApplyRefusal.ApplyInterrupted(
                progress.report(),
                "others kept changing the records of this manifest",
                new StoreUnavailable("too many conflicts"));
    }
}

package io.countersign.registry.manifest;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Brings a registry to what a manifest says. Applying the same manifest again changes nothing. Each record is written with all that hangs on it,
 * and with as many others as fit, in one transaction that depends on what was read; when somebody else was faster, the rest is planned anew from what stands then. So two
 * applies at once lead to one of their results for each record, and one that was cut off is finished by the next. What changed is in the audit, by
 * the transaction that changed it. The secrets of keys that are made are with their keeper before the transaction that makes them is asked for.
 */
public final class ManifestApplier {
    private static final int MAX_PLANS = 200;

    private ManifestApplier() {}

    /**
     * Whether an empty registry would take the manifest: for who makes a registry for a manifest that it takes, and for no other. Nothing is read or written.
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
     * @param keeper is given the secrets of keys that are made, before they are
     * @param now the present moment
     * @param random draws ids and secrets
     * @throws ApplyRefusal when the manifest does not fit the registry; nothing was written
     * @throws ApplyInterrupted when some was written and the rest could not be
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
            if (new UnitWriter(store, keeper, options.eventId(), now, progress).made(plan.units())) {
                return progress.report();
            }
        }
        throw new ApplyRefusal.ApplyInterrupted(
                progress.report(),
                "others kept changing the records of this manifest",
                new StoreUnavailable("too many conflicts"));
    }
}

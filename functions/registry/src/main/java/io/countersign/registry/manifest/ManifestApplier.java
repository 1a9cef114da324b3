package io.countersign.registry.manifest;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.WriteResult;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * Brings a registry to what a manifest says. Applying the same manifest again changes nothing. Each record is written with all that hangs on it
 * in one transaction that depends on what was read; when somebody else was faster, the rest is planned anew from what stands then. So two
 * applies at once lead to one of their results for each record, and one that was cut off is finished by the next. What changed is in the audit, by
 * the transaction that changed it.
 */
public final class ManifestApplier {
    private static final int MAX_PLANS = 200;

    private ManifestApplier() {}

    /**
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
            Instant now,
            SecureRandom random)
            throws ApplyRefusal, ApplyInterrupted, StoreUnavailable {
        Progress progress = new Progress();
        for (int plans = 0; plans < MAX_PLANS; plans++) {
            ApplyPlan plan;
            try {
                Snapshot snapshot = SnapshotReader.read(store, manifest, now);
                plan = ApplyPlan.of(new Planning(snapshot, sealer, options, now, random), manifest);
            } catch (StoreUnavailable | ApplyRefusal e) {
                if (progress.hasWritten()) {
                    throw new ApplyInterrupted(progress.report(), String.valueOf(e.getMessage()), e);
                }
                throw e;
            }
            progress.noted(plan.notes());
            if (made(plan.units(), store, options.eventId(), now, progress)) {
                return progress.report();
            }
        }
        throw new ApplyInterrupted(
                progress.report(),
                "others kept changing the records of this manifest",
                new StoreUnavailable("too many conflicts"));
    }

    /** Whether all units were made; no when somebody else was in the way of one. */
    private static boolean made(List<Unit> units, RegistryStore store, String eventId, Instant now, Progress progress)
            throws ApplyInterrupted {
        for (Unit unit : units) {
            if (!unit.writes().isEmpty()) {
                switch (write(unit, store, eventId, now, progress)) {
                    case WriteResult.Committed committed -> {}
                    case WriteResult.Conflict conflict -> {
                        return false;
                    }
                }
            }
            progress.done(unit);
        }
        return true;
    }

    private static WriteResult write(Unit unit, RegistryStore store, String eventId, Instant now, Progress progress)
            throws ApplyInterrupted {
        try {
            return store.write(new Transaction(unit.told(eventId, now)), now);
        } catch (StoreUnavailable e) {
            progress.uncertain(unit);
            throw new ApplyInterrupted(progress.report(), e.getMessage(), e);
        }
    }
}

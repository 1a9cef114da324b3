package io.countersign.registry.manifest;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Makes the units of a plan in groups, each in one transaction, the secrets of its keys being kept before. */
record UnitWriter(RegistryStore store, KeyKeeper keeper, String eventId, Instant now, ApplyReport.Progress progress) {
    /** Whether all were made; no when somebody else was in the way of a group. */
    boolean made(List<ChangeSetBuilder.ChangeSet> units) throws ApplyRefusal.ApplyInterrupted {
        UnitGroup group = new UnitGroup(eventId, now);
        for (ChangeSetBuilder.ChangeSet unit : units) {
            if (!group.add(unit)) {
                if (!made(group)) {
                    return false;
                }
                group = new UnitGroup(eventId, now);
                group.add(unit);
            }
        }
        return made(group);
    }

    private boolean made(UnitGroup group) throws ApplyRefusal.ApplyInterrupted {
        if (group.changes()) {
            keep(group.generated());
            switch (write(group)) {
                case RegistryStore.WriteResult.Committed committed -> {}
                case RegistryStore.WriteResult.Conflict conflict -> {
                    drop(group.generated());
                    return false;
                }
            }
        }
        group.units().forEach(progress::done);
        return true;
    }

    private void keep(List<ApplyReport.GeneratedKey> keys) throws ApplyRefusal.ApplyInterrupted {
        if (keys.isEmpty()) {
            return;
        }
        try {
            keeper.keep(keys);
        } catch (IOException e) {
            throw new ApplyRefusal.ApplyInterrupted(
                    progress.report(),
                    "the secrets of new access keys cannot be written to " + keeper.place()
                            + ", so the keys were not made; make room there",
                    e);
        }
    }

    private void drop(List<ApplyReport.GeneratedKey> keys) throws ApplyRefusal.ApplyInterrupted {
        if (keys.isEmpty()) {
            return;
        }
        try {
            keeper.drop(keys);
        } catch (IOException e) {
            throw new ApplyRefusal.ApplyInterrupted(
                    progress.report(), keeper.place() + " cannot be written; its last access keys were not made", e);
        }
    }

    private RegistryStore.WriteResult write(UnitGroup group) throws ApplyRefusal.ApplyInterrupted {
        try {
            return store.write(group.transaction(), now);
        } catch (StoreUnavailable e) {
            group.units().forEach(progress::uncertain);
            throw new ApplyRefusal.ApplyInterrupted(progress.report(), e.getMessage(), e);
        }
    }
}

package io.countersign.registry.manifest;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.WriteResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Makes the units of a plan in groups, each in one transaction, the secrets of its keys being kept before. */
record UnitWriter(RegistryStore store, KeyKeeper keeper, String eventId, Instant now, Progress progress) {
    /** Whether all were made; no when somebody else was in the way of a group. */
    boolean made(List<Unit> units) throws ApplyInterrupted {
        UnitGroup group = new UnitGroup(eventId, now);
        for (Unit unit : units) {
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

    private boolean made(UnitGroup group) throws ApplyInterrupted {
        if (group.changes()) {
            keep(group.generated());
            switch (write(group)) {
                case WriteResult.Committed committed -> {}
                case WriteResult.Conflict conflict -> {
                    drop(group.generated());
                    return false;
                }
            }
        }
        group.units().forEach(progress::done);
        return true;
    }

    private void keep(List<GeneratedKey> keys) throws ApplyInterrupted {
        if (keys.isEmpty()) {
            return;
        }
        try {
            keeper.keep(keys);
        } catch (IOException e) {
            throw new ApplyInterrupted(
                    progress.report(),
                    "the secrets of new access keys cannot be written to " + keeper.place()
                            + ", so the keys were not made; make room there",
                    e);
        }
    }

    private void drop(List<GeneratedKey> keys) throws ApplyInterrupted {
        if (keys.isEmpty()) {
            return;
        }
        try {
            keeper.drop(keys);
        } catch (IOException e) {
            throw new ApplyInterrupted(
                    progress.report(), keeper.place() + " cannot be written; its last access keys were not made", e);
        }
    }

    private WriteResult write(UnitGroup group) throws ApplyInterrupted {
        try {
            return store.write(group.transaction(), now);
        } catch (StoreUnavailable e) {
            group.units().forEach(progress::uncertain);
            throw new ApplyInterrupted(progress.report(), e.getMessage(), e);
        }
    }
}

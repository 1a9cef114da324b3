package io.countersign.registry.manifest;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes the change sets of a plan in groups, each in one transaction. The secrets of its keys are stored before. */
record ChangeSetWriter(
        RegistryStore store, KeyKeeper keeper, String eventId, Instant now, ApplyReport.Progress progress) {
    /** Returns false when another writer caused a conflict. */
    boolean made(List<ChangeSetBuilder.ChangeSet> changeSets) throws ApplyRefusal.ApplyInterrupted {
        ChangeSetGroup group = new ChangeSetGroup(eventId, now);
        for (ChangeSetBuilder.ChangeSet changes : changeSets) {
            if (!group.add(changes)) {
                if (!made(group)) {
                    return false;
                }
                group = new ChangeSetGroup(eventId, now);
                group.add(changes);
            }
        }
        return made(group);
    }

    private boolean made(ChangeSetGroup group) throws ApplyRefusal.ApplyInterrupted {
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
        group.changeSets().forEach(progress::done);
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

    private RegistryStore.WriteResult write(ChangeSetGroup group) throws ApplyRefusal.ApplyInterrupted {
        try {
            return store.write(group.transaction(), now);
        } catch (StoreUnavailable e) {
            group.changeSets().forEach(progress::uncertain);
            throw new ApplyRefusal.ApplyInterrupted(progress.report(), e.getMessage(), e);
        }
    }
}

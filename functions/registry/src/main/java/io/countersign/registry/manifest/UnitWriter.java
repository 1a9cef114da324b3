package io.countersign.registry.manifest;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.WriteResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Makes the units of a plan, each in its transaction, the secrets of its keys being kept before. */
record UnitWriter(RegistryStore store, KeyKeeper keeper, String eventId, Instant now, Progress progress) {
    /** Whether all were made; no when somebody else was in the way of one. */
    boolean made(List<Unit> units) throws ApplyInterrupted {
        for (Unit unit : units) {
            if (!unit.writes().isEmpty() && !made(unit)) {
                return false;
            }
            progress.done(unit);
        }
        return true;
    }

    private boolean made(Unit unit) throws ApplyInterrupted {
        keep(unit);
        return switch (write(unit)) {
            case WriteResult.Committed committed -> true;
            case WriteResult.Conflict conflict -> {
                drop(unit);
                yield false;
            }
        };
    }

    private void keep(Unit unit) throws ApplyInterrupted {
        if (unit.generated().isEmpty()) {
            return;
        }
        try {
            keeper.keep(unit.generated());
        } catch (IOException e) {
            throw new ApplyInterrupted(
                    progress.report(),
                    "the secrets of new access keys cannot be written to " + keeper.place()
                            + ", so the keys were not made; make room there",
                    e);
        }
    }

    private void drop(Unit unit) throws ApplyInterrupted {
        if (unit.generated().isEmpty()) {
            return;
        }
        try {
            keeper.drop(unit.generated());
        } catch (IOException e) {
            throw new ApplyInterrupted(
                    progress.report(), keeper.place() + " cannot be written; its last access keys were not made", e);
        }
    }

    private WriteResult write(Unit unit) throws ApplyInterrupted {
        try {
            return store.write(new Transaction(unit.told(eventId, now)), now);
        } catch (StoreUnavailable e) {
            progress.uncertain(unit);
            throw new ApplyInterrupted(progress.report(), e.getMessage(), e);
        }
    }
}

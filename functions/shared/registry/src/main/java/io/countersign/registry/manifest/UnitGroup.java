package io.countersign.registry.manifest;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Units that are made in one transaction: as many as one takes, since each is flushed to a disk or crosses a network. */
final class UnitGroup {
    private final String eventId;
    private final Instant now;
    private final List<ChangeSetBuilder.ChangeSet> units = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Set<ItemKey> keys = new HashSet<>();
    private long bytes;

    UnitGroup(String eventId, Instant now) {
        this.eventId = eventId;
        this.now = now;
    }

    /** Whether the unit was taken in; a group without a unit takes any. */
    boolean add(ChangeSetBuilder.ChangeSet unit) {
        List<Write> more = unit.writes().isEmpty() ? List.of() : unit.told(eventId, now);
        long moreBytes = more.stream().mapToLong(UnitGroup::bytes).sum();
        boolean fits = writes.size() + more.size() <= Transaction.MAX_WRITES
                && bytes + moreBytes <= Transaction.MAX_PAYLOAD_BYTES
                && more.stream().noneMatch(write -> keys.contains(write.key()));
        if (!fits && !units.isEmpty()) {
            return false;
        }
        units.add(unit);
        writes.addAll(more);
        more.forEach(write -> keys.add(write.key()));
        bytes += moreBytes;
        return true;
    }

    List<ChangeSetBuilder.ChangeSet> units() {
        return List.copyOf(units);
    }

    List<ApplyReport.GeneratedKey> generated() {
        return units.stream().flatMap(unit -> unit.generated().stream()).toList();
    }

    /** Whether there is anything to write. */
    boolean changes() {
        return !writes.isEmpty();
    }

    Transaction transaction() {
        return new Transaction(writes);
    }

    private static long bytes(Write write) {
        return write instanceof Write.Put put ? Write.bytes(put.payload()) : 0;
    }
}

package io.countersign.registry.manifest;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Change sets that are written in one transaction. Grouping saves disk flushes and network round trips. */
final class ChangeSetGroup {
    private final String eventId;
    private final Instant now;
    private final List<ChangeSetBuilder.ChangeSet> changeSets = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Set<ItemKey> keys = new HashSet<>();
    private long bytes;

    ChangeSetGroup(String eventId, Instant now) {
        this.eventId = eventId;
        this.now = now;
    }

    /** Adds the change set if it fits. An empty group accepts any. */
    boolean add(ChangeSetBuilder.ChangeSet changes) {
        List<Write> more = changes.writes().isEmpty() ? List.of() : changes.audited(eventId, now);
        long moreBytes = more.stream().mapToLong(ChangeSetGroup::bytes).sum();
        boolean fits = writes.size() + more.size() <= Transaction.MAX_WRITES
                && bytes + moreBytes <= Transaction.MAX_PAYLOAD_BYTES
                && more.stream().noneMatch(write -> keys.contains(write.key()));
        if (!fits && !changeSets.isEmpty()) {
            return false;
        }
        changeSets.add(changes);
        writes.addAll(more);
        more.forEach(write -> keys.add(write.key()));
        bytes += moreBytes;
        return true;
    }

    List<ChangeSetBuilder.ChangeSet> changeSets() {
        return List.copyOf(changeSets);
    }

    List<ApplyReport.GeneratedKey> generated() {
        return changeSets.stream()
                .flatMap(changes -> changes.generated().stream())
                .toList();
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

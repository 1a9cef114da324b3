package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.registry.Revocable;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what should stand with what stands, and keeps the difference. */
final class UnitBuilder {
    private final Snapshot snapshot;
    private final Location at;
    private final List<Write> writes = new ArrayList<>();
    private final List<Unit.Line> lines = new ArrayList<>();
    private final List<GeneratedKey> generated = new ArrayList<>();

    UnitBuilder(Snapshot snapshot, Location at) {
        this.snapshot = snapshot;
        this.at = at;
    }

    Location at() {
        return at;
    }

    /** Writes the item unless it stands so already. */
    void put(ItemKey key, String payload) throws ApplyRefusal {
        if (snapshot.item(key).flatMap(Item::intact).filter(payload::equals).isEmpty()) {
            write(key, payload, snapshot.asItWas(key));
        }
    }

    /** Writes an item that several units share, whatever stands there. */
    void putShared(ItemKey key, String payload) throws ApplyRefusal {
        write(key, payload, Condition.anything());
    }

    /** Takes the item away unless it is gone already. */
    void delete(ItemKey key) {
        if (snapshot.item(key).isPresent()) {
            writes.add(Write.delete(key, snapshot.asItWas(key)));
        }
    }

    /** Takes away whatever stands there. */
    void deleteShared(ItemKey key) {
        writes.add(Write.delete(key, Condition.anything()));
    }

    /** Refuses all sessions issued up to now, unless a later moment stands already. */
    void revoke(Revocable about, Instant now) throws StoreUnavailable {
        ItemKey key = RevocationItem.key(about);
        Optional<Instant> standing = snapshot.record(key, RevocationItem::read);
        if (standing.isEmpty() || standing.get().isBefore(now)) {
            // Where none was read, one whose expiry has come may still stand.
            Condition asItWas = standing.isPresent() ? snapshot.asItWas(key) : Condition.absentOrExpired();
            writes.add(RevocationItem.put(about, now, asItWas));
        }
    }

    /** Changes nothing, and makes the rest depend on the condition. */
    void check(ItemKey key, Condition condition) {
        writes.add(Write.check(key, condition));
    }

    int size() {
        return writes.size();
    }

    void line(Outcome outcome, String label) {
        lines.add(new Unit.Line(outcome, label));
    }

    /** The line of a record: by whether it stood there, and whether anything was to be written for it since the mark. */
    void line(ItemKey main, int mark, String label) {
        Outcome changed = snapshot.item(main).isPresent() ? Outcome.UPDATED : Outcome.CREATED;
        line(writes.size() == mark ? Outcome.UNCHANGED : changed, label);
    }

    void generated(GeneratedKey key) {
        generated.add(key);
    }

    /** Whether a key is made here. */
    boolean makesKeys() {
        return !generated.isEmpty();
    }

    Unit build() {
        return new Unit(writes, lines, generated);
    }

    private void write(ItemKey key, String payload, Condition condition) throws ApplyRefusal {
        if (Write.bytes(payload) > Write.MAX_PAYLOAD_BYTES) {
            throw new ApplyRefusal(
                    at,
                    "this is larger than " + Write.MAX_PAYLOAD_BYTES
                            + " bytes in the registry; make its policies smaller");
        }
        writes.add(Write.put(key, payload, condition));
    }
}

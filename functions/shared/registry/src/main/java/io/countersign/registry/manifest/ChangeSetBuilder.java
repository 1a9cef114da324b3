package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects the writes that turn stored items into the wanted ones. */
final class ChangeSetBuilder {
    private final SnapshotReader.Snapshot snapshot;
    private final Value.Location at;
    private final List<Write> writes = new ArrayList<>();
    private final List<ChangeSet.Line> lines = new ArrayList<>();
    private final List<ApplyReport.GeneratedKey> generated = new ArrayList<>();
    private final List<PolicyNote> reopened = new ArrayList<>();

    ChangeSetBuilder(SnapshotReader.Snapshot snapshot, Value.Location at) {
        this.snapshot = snapshot;
        this.at = at;
    }

    Value.Location at() {
        return at;
    }

    /** Writes the item unless the stored one is equal. */
    void put(ItemKey key, String payload) throws ApplyRefusal {
        if (snapshot.item(key).flatMap(Item::intact).filter(payload::equals).isEmpty()) {
            write(key, payload, snapshot.asItWas(key));
        }
    }

    /** Writes an item that several change sets share, unconditionally. */
    void putShared(ItemKey key, String payload) throws ApplyRefusal {
        write(key, payload, Condition.anything());
    }

    /** Deletes the item unless it is absent. */
    void delete(ItemKey key) {
        if (snapshot.item(key).isPresent()) {
            writes.add(Write.delete(key, snapshot.asItWas(key)));
        }
    }

    /** Deletes an item that several change sets share, unconditionally. */
    void deleteShared(ItemKey key) {
        writes.add(Write.delete(key, Condition.anything()));
    }

    /** Revokes all sessions issued up to now, unless a later revocation is stored. */
    void revoke(RevocationItem.Revocable about, Instant now) throws StoreUnavailable {
        ItemKey key = RevocationItem.key(about);
        Optional<Instant> stored = snapshot.record(key, RevocationItem::read);
        if (stored.isEmpty() || stored.get().isBefore(now)) {
            // An expired item is not returned by reads but may still be in the store.
            Condition asItWas = stored.isPresent() ? snapshot.asItWas(key) : Condition.absentOrExpired();
            writes.add(RevocationItem.put(about, now, asItWas));
        }
    }

    /** Adds a condition without a change. */
    void check(ItemKey key, Condition condition) {
        writes.add(Write.check(key, condition));
    }

    int size() {
        return writes.size();
    }

    void line(Outcome outcome, String label) {
        lines.add(new ChangeSet.Line(outcome, label));
    }

    /**
     * Adds the report line of a record: by whether it was stored, and whether writes were added for it since the mark.
     */
    void line(ItemKey main, int mark, String label) {
        Outcome changed = snapshot.item(main).isPresent() ? Outcome.UPDATED : Outcome.CREATED;
        line(writes.size() == mark ? Outcome.UNCHANGED : changed, label);
    }

    void generated(ApplyReport.GeneratedKey key) {
        generated.add(key);
    }

    /** Notes that these changes open what the registry had closed. */
    void reopens(PolicyNote note) {
        reopened.add(note);
    }

    /** Whether a key is made here. */
    boolean makesKeys() {
        return !generated.isEmpty();
    }

    ChangeSet build() {
        return new ChangeSet(writes, lines, generated, reopened);
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

    /**
     * The changes of a record and of all items that depend on it, written in one transaction, with other change sets
     * or without, or not at all when nothing changes. An interruption between two transactions leaves complete
     * records, and the next plan contains the rest.
     *
     * @param reopened what these changes open that the registry had closed
     */
    record ChangeSet(
            List<Write> writes, List<Line> lines, List<ApplyReport.GeneratedKey> generated, List<PolicyNote> reopened) {
        /** One write of each transaction is the audit record. */
        static final int MAX_WRITES = Transaction.MAX_WRITES - 1;

        /** Object keys are longer than the key of an item may be. */
        private static final int SUBJECT = 200;

        /** The number of changes that one audit record names besides its subject. */
        private static final int NAMED = 10;

        ChangeSet {
            writes = List.copyOf(writes);
            lines = List.copyOf(lines);
            generated = List.copyOf(generated);
            reopened = List.copyOf(reopened);
        }

        /** A line of the report. */
        record Line(Outcome outcome, String label) {
            String word() {
                return outcome.name().toLowerCase(Locale.ROOT);
            }

            boolean isChange() {
                return switch (outcome) {
                    case CREATED, UPDATED, REMOVED -> true;
                    case UNCHANGED, REPORTED -> false;
                };
            }
        }

        /** Returns the writes with their audit record. */
        List<Write> audited(String eventId, Instant now) {
            List<Line> changes = lines.stream().filter(Line::isChange).toList();
            if (changes.isEmpty()) {
                return writes;
            }
            List<Write> all = new ArrayList<>(writes);
            all.add(AuditItem.write(record(changes, eventId, now)));
            return List.copyOf(all);
        }

        /** The owner's line follows those of its keys. */
        private static AuditItem.AuditRecord record(List<Line> changes, String eventId, Instant now) {
            Line main = changes.getLast();
            List<Line> others = changes.subList(0, changes.size() - 1);
            StringBuilder why = new StringBuilder(main.word());
            for (Line other : others.subList(0, Math.min(others.size(), NAMED))) {
                why.append(", ").append(other.word()).append(' ').append(cut(other.label()));
            }
            if (others.size() > NAMED) {
                why.append(", and ").append(others.size() - NAMED).append(" more");
            }
            return new AuditItem.AuditRecord(now, "ManifestApplied", cut(main.label()), why.toString(), eventId);
        }

        private static String cut(String label) {
            return label.codePoints()
                    .limit(SUBJECT)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    /** The outcome for one record of the manifest. */
    enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        REMOVED,
        REPORTED
    }
}

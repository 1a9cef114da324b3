package io.countersign.registry.manifest;

import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.AuditRecord;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A record with all that must change with it: made in one transaction, alone or with others, or in none when nothing changes. A crash between two transactions
 * leaves whole records, and the next plan has the rest.
 */
record Unit(List<Write> writes, List<Line> lines, List<GeneratedKey> generated) {
    /** One place of a transaction is the audit record's. */
    static final int MAX_WRITES = Transaction.MAX_WRITES - 1;

    /** Names of objects are longer than the key of an item may be. */
    private static final int SUBJECT = 200;

    /** Changes that one audit record names besides its subject. */
    private static final int NAMED = 10;

    Unit {
        writes = List.copyOf(writes);
        lines = List.copyOf(lines);
        generated = List.copyOf(generated);
    }

    /** One line of the report. */
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

    /** The writes, and with them the record of what they change. */
    List<Write> told(String eventId, Instant now) {
        List<Line> changes = lines.stream().filter(Line::isChange).toList();
        if (changes.isEmpty()) {
            return writes;
        }
        List<Write> all = new ArrayList<>(writes);
        all.add(AuditItem.write(record(changes, eventId, now)));
        return List.copyOf(all);
    }

    /** The owner's line comes behind those of its keys. */
    private static AuditRecord record(List<Line> changes, String eventId, Instant now) {
        Line main = changes.getLast();
        List<Line> others = changes.subList(0, changes.size() - 1);
        StringBuilder why = new StringBuilder(main.word());
        for (Line other : others.subList(0, Math.min(others.size(), NAMED))) {
            why.append(", ").append(other.word()).append(' ').append(cut(other.label()));
        }
        if (others.size() > NAMED) {
            why.append(", and ").append(others.size() - NAMED).append(" more");
        }
        return new AuditRecord(now, "ManifestApplied", cut(main.label()), why.toString(), eventId);
    }

    private static String cut(String label) {
        return label.codePoints()
                .limit(SUBJECT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

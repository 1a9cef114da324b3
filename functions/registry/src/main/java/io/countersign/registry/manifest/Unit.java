package io.countersign.registry.manifest;

import io.countersign.registry.store.Write;
import java.util.List;

/**
 * A record with all that must change with it: one transaction, or none when nothing changes. Units are made one after the other; a crash
 * between two leaves whole records, and the next plan has the rest.
 */
record Unit(List<Write> writes, List<Line> lines, List<GeneratedKey> generated) {
    Unit {
        writes = List.copyOf(writes);
        lines = List.copyOf(lines);
        generated = List.copyOf(generated);
    }

    /** One line of the report. */
    record Line(Outcome outcome, String label) {}
}

package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an apply has done so far, over all its plans: a later plan finds unchanged what an earlier one made, and the first word stands. */
final class Progress {
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final List<GeneratedKey> generated = new ArrayList<>();
    private List<PolicyNote> notes = List.of();
    private boolean written;

    boolean hasWritten() {
        return written;
    }

    /** What the latest plan has to say. */
    void noted(List<PolicyNote> planned) {
        notes = planned;
    }

    void done(Unit unit) {
        written |= !unit.writes().isEmpty();
        for (Unit.Line line : unit.lines()) {
            outcomes.merge(line.label(), line.outcome(), (old, next) -> old == Outcome.UNCHANGED ? next : old);
        }
        generated.addAll(unit.generated());
    }

    /** Its fate is not known. Keys that may have been made are shown all the same. */
    void uncertain(Unit unit) {
        generated.addAll(unit.generated());
    }

    ApplyReport report() {
        return new ApplyReport(
                labels(Outcome.CREATED),
                labels(Outcome.UPDATED),
                labels(Outcome.UNCHANGED),
                labels(Outcome.REMOVED),
                labels(Outcome.REPORTED),
                notes,
                generated);
    }

    private List<String> labels(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .toList();
    }
}

package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.Owner;
import io.countersign.signing.AccessKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What applying a manifest did, each thing by its kind and its id: {@code user 1234567890123456/app-signer}.
 *
 * @param reported what stands in the registry and the manifest does not name, or names in vain: left as it is
 * @param notes on the manifest's policies: what was taken for another form, and what will never match
 * @param generated to be shown once
 */
public record ApplyReport(
        List<String> created,
        List<String> updated,
        List<String> unchanged,
        List<String> removed,
        List<String> reported,
        List<PolicyNote> notes,
        List<GeneratedKey> generated) {
    public ApplyReport {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        unchanged = List.copyOf(unchanged);
        removed = List.copyOf(removed);
        reported = List.copyOf(reported);
        notes = List.copyOf(notes);
        generated = List.copyOf(generated);
    }

    /** Whether the registry is another than before. */
    public boolean changed() {
        return !created.isEmpty() || !updated.isEmpty() || !removed.isEmpty();
    }

    /** What an apply has done so far, over all its plans: a later plan finds unchanged what an earlier one made, and the first word stands. */
    static final class Progress {
        private final Map<String, ChangeSetBuilder.Outcome> outcomes = new LinkedHashMap<>();
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

        void done(ChangeSetBuilder.ChangeSet unit) {
            written |= !unit.writes().isEmpty();
            for (ChangeSetBuilder.ChangeSet.Line line : unit.lines()) {
                outcomes.merge(
                        line.label(),
                        line.outcome(),
                        (old, next) -> old == ChangeSetBuilder.Outcome.UNCHANGED ? next : old);
            }
            generated.addAll(unit.generated());
        }

        /** Its fate is not known. Keys that may have been made are shown all the same. */
        void uncertain(ChangeSetBuilder.ChangeSet unit) {
            generated.addAll(unit.generated());
        }

        ApplyReport report() {
            return new ApplyReport(
                    labels(ChangeSetBuilder.Outcome.CREATED),
                    labels(ChangeSetBuilder.Outcome.UPDATED),
                    labels(ChangeSetBuilder.Outcome.UNCHANGED),
                    labels(ChangeSetBuilder.Outcome.REMOVED),
                    labels(ChangeSetBuilder.Outcome.REPORTED),
                    notes,
                    generated);
        }

        private List<String> labels(ChangeSetBuilder.Outcome outcome) {
            return outcomes.entrySet().stream()
                    .filter(entry -> entry.getValue() == outcome)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** An access key that apply made. Its secret can be shown now and never again. */
    public record GeneratedKey(Owner owner, AccessKey accessKey) {}
}

package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.Owner;
import io.countersign.signing.AccessKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of an apply, each named by kind and id: {@code user 1234567890123456/app-signer}.
 *
 * @param reported records of the registry that the manifest does not name or does not affect, left as they are
 * @param notes on the manifest's policies and roles: parts that were read as another form, parts that never match, and faces that are wider than their author may believe
 * @param reopened what the manifest opened that the registry had closed: a narrower ACL, a revoked key, faces of a role, keys that a store may fold
 * @param generated keys whose secrets are to be shown once
 */
public record ApplyReport(
        List<String> created,
        List<String> updated,
        List<String> unchanged,
        List<String> removed,
        List<String> reported,
        List<PolicyNote> notes,
        List<PolicyNote> reopened,
        List<GeneratedKey> generated) {
    public ApplyReport {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        unchanged = List.copyOf(unchanged);
        removed = List.copyOf(removed);
        reported = List.copyOf(reported);
        notes = List.copyOf(notes);
        reopened = List.copyOf(reopened);
        generated = List.copyOf(generated);
    }

    /** Whether the apply changed the registry. */
    public boolean changed() {
        return !created.isEmpty() || !updated.isEmpty() || !removed.isEmpty();
    }

    /**
     * Collects the outcomes of an apply over all its plans. A later plan finds unchanged what an earlier one changed;
     * the first outcome is kept.
     */
    static final class Progress {
        private final Map<String, ChangeSetBuilder.Outcome> outcomes = new LinkedHashMap<>();
        private final List<GeneratedKey> generated = new ArrayList<>();
        private final List<PolicyNote> reopened = new ArrayList<>();
        private List<PolicyNote> notes = List.of();
        private boolean written;

        boolean hasWritten() {
            return written;
        }

        /** Replaces the notes by those of the latest plan. */
        void noted(List<PolicyNote> planned) {
            notes = planned;
        }

        void done(ChangeSetBuilder.ChangeSet changes) {
            written |= !changes.writes().isEmpty();
            for (ChangeSetBuilder.ChangeSet.Line line : changes.lines()) {
                outcomes.merge(
                        line.label(),
                        line.outcome(),
                        (old, next) -> old == ChangeSetBuilder.Outcome.UNCHANGED ? next : old);
            }
            generated.addAll(changes.generated());
            reopened.addAll(changes.reopened());
        }

        /** Records a transaction whose outcome is unknown. Keys that may have been made are shown, and so is what it may have opened. */
        void uncertain(ChangeSetBuilder.ChangeSet changes) {
            generated.addAll(changes.generated());
            reopened.addAll(changes.reopened());
        }

        ApplyReport report() {
            return new ApplyReport(
                    labels(ChangeSetBuilder.Outcome.CREATED),
                    labels(ChangeSetBuilder.Outcome.UPDATED),
                    labels(ChangeSetBuilder.Outcome.UNCHANGED),
                    labels(ChangeSetBuilder.Outcome.REMOVED),
                    labels(ChangeSetBuilder.Outcome.REPORTED),
                    notes,
                    reopened,
                    generated);
        }

        private List<String> labels(ChangeSetBuilder.Outcome outcome) {
            return outcomes.entrySet().stream()
                    .filter(entry -> entry.getValue() == outcome)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** An access key that apply generated. Its secret can be shown now and never again. */
    public record GeneratedKey(Owner owner, AccessKey accessKey) {}
}

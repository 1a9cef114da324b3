package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import java.util.List;

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
}

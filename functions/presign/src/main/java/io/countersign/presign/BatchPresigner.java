package io.countersign.presign;

import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Serves a list of requests in its order: all are held against the table, then one look at the registry serves them all, then each is judged and signed. */
final class BatchPresigner {
    private final Presigner presigner;
    private final SigningAuthority authority;

    BatchPresigner(KeyRegistry registry, SigningKeys signingKeys, PresignSettings settings) {
        this.presigner = new Presigner(signingKeys, settings);
        this.authority = new SigningAuthority(registry);
    }

    sealed interface Entry {
        record Admitted(PresignRequestReader.PresignRequest wanted, SignableRequest request) implements Entry {}

        record Refused(BatchReader.Outcome.Refusal refusal) implements Entry {}
    }

    /** Requests that were checked against the table of operations, in their order. */
    record Batch(List<Entry> entries) {
        /** The records that {@link BatchPresigner#serve} will look up. */
        List<ReadAhead.Hint> hints() {
            return SigningAuthority.names(buckets());
        }

        private Set<String> buckets() {
            Set<String> buckets = new HashSet<>();
            for (Entry entry : entries) {
                if (entry instanceof Entry.Admitted admitted) {
                    buckets.addAll(admitted.request().buckets());
                }
            }
            return buckets;
        }
    }

    Batch admit(List<BatchReader.Wanted> wanted) {
        return new Batch(wanted.stream().map(this::admit).toList());
    }

    List<BatchReader.Outcome> serve(Batch batch, Caller caller, ClientContext asker, Instant now)
            throws StoreUnavailable {
        Facts facts = authority.load(batch.buckets(), now);
        StepBudget steps = StepBudget.ofRequest();
        List<BatchReader.Outcome> outcomes = new ArrayList<>(batch.entries().size());
        for (Entry entry : batch.entries()) {
            outcomes.add(
                    switch (entry) {
                        case Entry.Refused refused -> refused.refusal();
                        case Entry.Admitted admitted -> sign(admitted, caller, facts, asker, steps, now);
                    });
        }
        return outcomes;
    }

    private Entry admit(BatchReader.Wanted wanted) {
        return switch (wanted) {
            case BatchReader.Wanted.Unreadable unreadable -> new Entry.Refused(unreadable.refusal());
            case BatchReader.Wanted.Read read -> {
                try {
                    yield new Entry.Admitted(read.request(), presigner.admit(read.request()));
                } catch (SigningRefusal refusal) {
                    yield new Entry.Refused(BatchReader.Outcome.Refusal.of(refusal));
                }
            }
        };
    }

    private BatchReader.Outcome sign(
            Entry.Admitted entry, Caller caller, Facts facts, ClientContext asker, StepBudget steps, Instant now)
            throws StoreUnavailable {
        try {
            SigningAuthority.SigningGrant permit = authority.permit(caller, entry.request(), facts, asker, steps, now);
            return new BatchReader.Outcome.Made(presigner.sign(entry.wanted(), permit.bucket(), permit.signer(), now));
        } catch (SigningRefusal refusal) {
            return BatchReader.Outcome.Refusal.of(refusal);
        }
    }
}

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

/** Serves a list of requests in order: checks all against the table of signable requests, reads the registry once for all, then authorizes and signs each. */
final class BatchPresigner {
    private final Presigner presigner;
    private final SigningAuthority authority;

    BatchPresigner(KeyRegistry registry, SigningKeys signingKeys, PresignSettings settings) {
        this.presigner = new Presigner(signingKeys, settings);
        this.authority = new SigningAuthority(registry);
    }

    /** An entry after the check against the table. */
    private sealed interface Checked {
        record Admitted(PresignRequestReader.PresignRequest request, SignableRequest signable) implements Checked {}

        record Refused(BatchReader.Outcome.Refusal refusal) implements Checked {}
    }

    /** Returns the names that serving these entries reads from the registry. */
    List<ReadAhead.Hint> names(List<BatchReader.Entry> entries) {
        return SigningAuthority.names(buckets(entries.stream().map(this::admit).toList()));
    }

    List<BatchReader.Outcome> serve(List<BatchReader.Entry> entries, Caller caller, ClientContext client, Instant now)
            throws StoreUnavailable {
        List<Checked> all = entries.stream().map(this::admit).toList();
        Facts facts = authority.load(buckets(all), now);
        StepBudget steps = StepBudget.ofRequest();
        List<BatchReader.Outcome> outcomes = new ArrayList<>(all.size());
        for (Checked checked : all) {
            outcomes.add(
                    switch (checked) {
                        case Checked.Refused refused -> refused.refusal();
                        case Checked.Admitted admitted -> sign(admitted, caller, facts, client, steps, now);
                    });
        }
        return outcomes;
    }

    private Checked admit(BatchReader.Entry entry) {
        return switch (entry) {
            case BatchReader.Entry.Unreadable unreadable -> new Checked.Refused(unreadable.refusal());
            case BatchReader.Entry.Read read -> {
                try {
                    yield new Checked.Admitted(read.request(), presigner.admit(read.request()));
                } catch (SigningRefusal refusal) {
                    yield new Checked.Refused(BatchReader.Outcome.Refusal.of(refusal));
                }
            }
        };
    }

    private BatchReader.Outcome sign(
            Checked.Admitted admitted, Caller caller, Facts facts, ClientContext client, StepBudget steps, Instant now)
            throws StoreUnavailable {
        try {
            SigningAuthority.SigningGrant grant =
                    authority.permit(caller, admitted.signable(), facts, client, steps, now);
            return new BatchReader.Outcome.Made(
                    presigner.sign(admitted.request(), grant.bucket(), grant.signer(), now));
        } catch (SigningRefusal refusal) {
            return BatchReader.Outcome.Refusal.of(refusal);
        }
    }

    private static Set<String> buckets(List<Checked> all) {
        Set<String> buckets = new HashSet<>();
        for (Checked checked : all) {
            if (checked instanceof Checked.Admitted admitted) {
                buckets.addAll(admitted.signable().buckets());
            }
        }
        return buckets;
    }
}

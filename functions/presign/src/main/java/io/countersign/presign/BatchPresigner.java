package io.countersign.presign;

import io.countersign.http.DecisionFacts;
import io.countersign.identity.BearerFacts;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningPermit;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Serves a list of requests in order: checks all against the table of signable requests, reads the registry once for all, then authorizes and signs each. */
final class BatchPresigner {
    private final Presigner presigner;
    private final SigningAuthority authority;

    BatchPresigner(
            KeyRegistry registry,
            SubjectLimits limits,
            SigningKeys signingKeys,
            PresignSettings settings,
            RandomGenerator random) {
        this.presigner = new Presigner(signingKeys, settings, random);
        this.authority = new SigningAuthority(registry, limits);
    }

    /** An entry after the check against the table. */
    sealed interface Checked {
        record Admitted(PresignRequestReader.PresignRequest request, SignableRequest signable) implements Checked {}

        record Refused(BatchReader.Outcome.Refusal refusal) implements Checked {}
    }

    /** Requests that were checked against the table of operations, in their order. */
    record Batch(List<Checked> entries) {
        /** The records that {@link BatchPresigner#serve} will look up. */
        List<ReadAhead.Hint> hints() {
            return SigningAuthority.names(buckets());
        }

        private Set<String> buckets() {
            Set<String> buckets = new HashSet<>();
            for (Checked checked : entries) {
                if (checked instanceof Checked.Admitted admitted) {
                    buckets.addAll(admitted.signable().buckets());
                }
            }
            return buckets;
        }
    }

    Batch admit(List<BatchReader.Entry> entries) {
        return new Batch(entries.stream().map(this::admit).toList());
    }

    /** An entry after the decision. */
    private sealed interface Judged {
        NotedFacts noted();

        record Permitted(PresignRequestReader.PresignRequest request, SigningPermit permit, NotedFacts noted)
                implements Judged {}

        record Refused(BatchReader.Outcome.Refusal refusal, NotedFacts noted) implements Judged {}
    }

    /** The outcome of one entry, and the facts of its decision. */
    record Served(BatchReader.Outcome outcome, BearerFacts facts) {
        DecisionFacts.Part part() {
            return new DecisionFacts.Part(outcome.code(), facts);
        }
    }

    /** @throws SigningRefusal TooManyRequests when the requests that are permitted do not all fit into the limit of the caller's role; then none is signed */
    List<Served> serve(Batch batch, Caller caller, ClientContext client, Instant now)
            throws SigningRefusal, StoreUnavailable {
        Facts facts = authority.load(batch.buckets(), now);
        StepBudget steps = StepBudget.ofRequest();
        List<Judged> judged = new ArrayList<>(batch.entries().size());
        for (Checked checked : batch.entries()) {
            NotedFacts noted = new NotedFacts();
            noted.caller(caller);
            judged.add(
                    switch (checked) {
                        case Checked.Refused refused -> new Judged.Refused(refused.refusal(), noted);
                        case Checked.Admitted admitted -> judge(admitted, noted, caller, facts, client, steps, now);
                    });
        }
        return signed(judged, client, now);
    }

    private List<Served> signed(List<Judged> judged, ClientContext client, Instant now) throws SigningRefusal {
        List<SigningPermit> permits = new ArrayList<>();
        for (Judged entry : judged) {
            if (entry instanceof Judged.Permitted permitted) {
                permits.add(permitted.permit());
            }
        }
        Iterator<SigningAuthority.SigningGrant> grants =
                authority.grants(permits, now).iterator();
        List<Served> served = new ArrayList<>(judged.size());
        for (Judged entry : judged) {
            BatchReader.Outcome outcome =
                    switch (entry) {
                        case Judged.Refused refused -> refused.refusal();
                        case Judged.Permitted permitted -> sign(permitted, grants.next(), client, now);
                    };
            served.add(new Served(outcome, entry.noted().facts()));
        }
        return served;
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

    private Judged judge(
            Checked.Admitted admitted,
            NotedFacts noted,
            Caller caller,
            Facts facts,
            ClientContext client,
            StepBudget steps,
            Instant now)
            throws StoreUnavailable {
        noted.request(admitted.signable());
        noted.version(admitted.request().version());
        try {
            SigningPermit permit = authority.permit(caller, admitted.signable(), facts, client, steps, now);
            noted.permitted(permit);
            BucketAcceptance.require(
                    admitted.request().version(), admitted.signable().named(), facts, now);
            return new Judged.Permitted(admitted.request(), permit, noted);
        } catch (SigningRefusal refusal) {
            noted.refused(refusal);
            return new Judged.Refused(BatchReader.Outcome.Refusal.of(refusal), noted);
        }
    }

    private BatchReader.Outcome sign(
            Judged.Permitted permitted, SigningAuthority.SigningGrant grant, ClientContext client, Instant now) {
        try {
            return new BatchReader.Outcome.Made(
                    presigner.sign(permitted.request(), grant.bucket(), grant.signer(), Optional.of(client), now));
        } catch (SigningRefusal refusal) {
            permitted.noted().refused(refusal);
            return BatchReader.Outcome.Refusal.of(refusal);
        }
    }
}

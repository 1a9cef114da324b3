package io.countersign.presign;

import io.countersign.identity.Asker;
import io.countersign.identity.Caller;
import io.countersign.identity.delegation.Permit;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.policy.Steps;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Name;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Serves a list of requests in its order: all are held against the table, then one look at the registry serves them all, then each is judged and signed. */
final class Desk {
    private final Presigner presigner;
    private final SigningAuthority authority;

    Desk(KeyRegistry registry, SigningKeys signingKeys, PresignSettings settings) {
        this.presigner = new Presigner(signingKeys, settings);
        this.authority = new SigningAuthority(registry);
    }

    private sealed interface Entry {
        record Admitted(PresignRequest wanted, SignableRequest request) implements Entry {}

        record Refused(Outcome.Refusal refusal) implements Entry {}
    }

    /** What serving these will ask the registry for. */
    List<Name> names(List<Wanted> wanted) {
        return SigningAuthority.names(buckets(wanted.stream().map(this::admit).toList()));
    }

    List<Outcome> serve(List<Wanted> wanted, Caller caller, Asker asker, Instant now) throws StoreUnavailable {
        List<Entry> entries = wanted.stream().map(this::admit).toList();
        Facts facts = authority.load(buckets(entries), now);
        Steps steps = Steps.ofRequest();
        List<Outcome> outcomes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            outcomes.add(
                    switch (entry) {
                        case Entry.Refused refused -> refused.refusal();
                        case Entry.Admitted admitted -> sign(admitted, caller, facts, asker, steps, now);
                    });
        }
        return outcomes;
    }

    private Entry admit(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Unreadable unreadable -> new Entry.Refused(unreadable.refusal());
            case Wanted.Read read -> {
                try {
                    yield new Entry.Admitted(read.request(), presigner.admit(read.request()));
                } catch (SigningRefusal refusal) {
                    yield new Entry.Refused(Outcome.Refusal.of(refusal));
                }
            }
        };
    }

    private Outcome sign(Entry.Admitted entry, Caller caller, Facts facts, Asker asker, Steps steps, Instant now)
            throws StoreUnavailable {
        try {
            Permit permit = authority.permit(caller, entry.request(), facts, asker, steps, now);
            return new Outcome.Made(presigner.sign(entry.wanted(), permit.bucket(), permit.signer(), now));
        } catch (SigningRefusal refusal) {
            return Outcome.Refusal.of(refusal);
        }
    }

    private static Set<String> buckets(List<Entry> entries) {
        Set<String> buckets = new HashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Admitted admitted) {
                buckets.addAll(admitted.request().buckets());
            }
        }
        return buckets;
    }
}

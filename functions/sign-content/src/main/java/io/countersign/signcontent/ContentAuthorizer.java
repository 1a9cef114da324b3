package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRequest;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says whether a caller may have a string signed: its time, the table, and the policies, for every request that it stands for. */
final class ContentAuthorizer {
    private final SigningTable table;
    private final SigningAuthority authority;
    private final SignatureTime time;

    ContentAuthorizer(KeyRegistry registry, SignContentSettings settings) {
        this.table = new SigningTable(settings.signing());
        this.authority = new SigningAuthority(registry);
        this.time = new SignatureTime(settings.maxExpiry());
    }

    /** @throws Refused with the reason */
    SigningAuthority.SigningGrant permit(ContentSigner.Parsed parsed, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        time.check(parsed, now);
        try {
            SignableRequest own = table.admit(parsed.own());
            List<SignableRequest> others = others(parsed.others());
            Facts facts = authority.load(buckets(own, others), now);
            StepBudget steps = StepBudget.ofRequest();
            SigningAuthority.SigningGrant permit = authority.permit(caller, own, facts, asker, steps, now);
            permitOthers(others, caller, facts, asker, steps, now);
            return permit;
        } catch (SigningRefusal refusal) {
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
    }

    /**
     * The time and the table alone, for whom nobody's permission counts.
     *
     * @throws Refused with the reason
     */
    void admit(ContentSigner.Parsed parsed, Instant now) throws ProblemException {
        time.check(parsed, now);
        try {
            table.admit(parsed.own());
            others(parsed.others());
        } catch (SigningRefusal refusal) {
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
    }

    /** What is no operation is refused wherever it is sent, and harms nobody. */
    private List<SignableRequest> others(List<OssRequest> readings) throws ProblemException {
        List<SignableRequest> others = new ArrayList<>();
        for (OssRequest reading : readings) {
            if (Operations.of(reading).isPresent()) {
                try {
                    others.add(table.admit(reading));
                } catch (SigningRefusal refusal) {
                    throw ambiguous(refusal);
                }
            }
        }
        return others;
    }

    private void permitOthers(
            List<SignableRequest> others,
            Caller caller,
            Facts facts,
            ClientContext asker,
            StepBudget steps,
            Instant now)
            throws ProblemException, StoreUnavailable {
        for (SignableRequest other : others) {
            try {
                authority.permit(caller, other, facts, asker, steps, now);
            } catch (SigningRefusal refusal) {
                throw ambiguous(refusal);
            }
        }
    }

    private static Set<String> buckets(SignableRequest own, List<SignableRequest> others) {
        Set<String> buckets = new HashSet<>(own.buckets());
        others.forEach(other -> buckets.addAll(other.buckets()));
        return buckets;
    }

    private static ProblemException ambiguous(SigningRefusal refusal) {
        return ContentError.AMBIGUOUS_CONTENT.cause(
                "V1 does not encode its resource, so this content is also that of a request with the question mark or an ampersand as part of a name, and that one is refused: "
                        + refusal.text() + " Or sign with V4, which is not ambiguous.");
    }
}

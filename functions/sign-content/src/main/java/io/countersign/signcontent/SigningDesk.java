package io.countersign.signcontent;

import io.countersign.http.Refused;
import io.countersign.identity.Asker;
import io.countersign.identity.Caller;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRequest;
import io.countersign.policy.Steps;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says whether a caller may have a string signed: its time, the table, and the policies, for every request that it stands for. */
final class SigningDesk {
    private final SigningTable table;
    private final SigningAuthority authority;
    private final SignatureTime time;

    SigningDesk(KeyRegistry registry, SignContentSettings settings) {
        this.table = new SigningTable(settings.signing());
        this.authority = new SigningAuthority(registry);
        this.time = new SignatureTime(settings.maxExpiry());
    }

    /** @throws Refused with the reason */
    SigningAuthority.SigningGrant permit(ContentSigner.Parsed parsed, Caller caller, Asker asker, Instant now)
            throws Refused, StoreUnavailable {
        time.check(parsed, now);
        try {
            SignableRequest own = table.admit(parsed.own());
            List<SignableRequest> others = others(parsed.others());
            Facts facts = authority.load(buckets(own, others), now);
            Steps steps = Steps.ofRequest();
            SigningAuthority.SigningGrant permit = authority.permit(caller, own, facts, asker, steps, now);
            permitOthers(others, caller, facts, asker, steps, now);
            return permit;
        } catch (SigningRefusal refusal) {
            throw new Refused(refusal.problem(ContentError.TITLE));
        }
    }

    /**
     * The time and the table alone, for whom nobody's permission counts.
     *
     * @throws Refused with the reason
     */
    void admit(ContentSigner.Parsed parsed, Instant now) throws Refused {
        time.check(parsed, now);
        try {
            table.admit(parsed.own());
            others(parsed.others());
        } catch (SigningRefusal refusal) {
            throw new Refused(refusal.problem(ContentError.TITLE));
        }
    }

    /** What is no operation is refused wherever it is sent, and harms nobody. */
    private List<SignableRequest> others(List<OssRequest> readings) throws Refused {
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
            List<SignableRequest> others, Caller caller, Facts facts, Asker asker, Steps steps, Instant now)
            throws Refused, StoreUnavailable {
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

    private static Refused ambiguous(SigningRefusal refusal) {
        return ContentError.AMBIGUOUS_CONTENT.because(
                "V1 does not encode its resource, so this content is also that of a request with the question mark or an ampersand as part of a name, and that one is refused: "
                        + refusal.text() + " Or sign with V4, which is not ambiguous.");
    }
}

package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.NotedFacts;
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

/** Authorizes a string to sign: checks its time, and checks every request that has this string against the table of signable requests and the caller's policies. */
final class ContentAuthorizer {
    private final SigningTable table;
    private final SigningAuthority authority;
    private final SignatureTime time;

    ContentAuthorizer(KeyRegistry registry, SignContentSettings settings) {
        this.table = new SigningTable(settings.signing());
        this.authority = new SigningAuthority(registry);
        this.time = new SignatureTime(settings.maxExpiry());
    }

    /** @throws ProblemException with the reason of the refusal */
    SigningAuthority.SigningGrant permit(
            ContentSigner.Parsed parsed, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        noted.version(parsed.presented().version());
        time.check(parsed, now);
        try {
            SignableRequest own = table.admit(parsed.own());
            noted.request(own);
            List<SignableRequest> others = others(parsed.others());
            Facts facts = authority.load(buckets(own, others), now);
            StepBudget steps = StepBudget.ofRequest();
            SigningAuthority.SigningGrant grant = authority.permit(caller, own, facts, client, steps, now);
            noted.granted(grant);
            permitOthers(others, caller, facts, client, steps, now);
            return grant;
        } catch (SigningRefusal refusal) {
            noted.refused(refusal);
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
    }

    /**
     * Checks the time and the table only, for an operator.
     *
     * @throws ProblemException with the reason of the refusal
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

    /** Checks the other requests that are operations; every server refuses a request that is none. */
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
            ClientContext client,
            StepBudget steps,
            Instant now)
            throws ProblemException, StoreUnavailable {
        for (SignableRequest other : others) {
            try {
                authority.permit(caller, other, facts, client, steps, now);
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
                "V1 does not encode the resource, so this content is also the string to sign of a request with the question mark or an ampersand in a name, and that request is refused: "
                        + refusal.text() + " Or sign with V4, which is not ambiguous.");
    }
}

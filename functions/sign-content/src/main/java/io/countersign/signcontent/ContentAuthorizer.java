package io.countersign.signcontent;

import io.countersign.http.ProblemException;
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
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Authorizes a string to sign: checks every request that has this string against the {@link ContentTable} and the caller's policies. */
final class ContentAuthorizer {
    private final ContentTable table;
    private final SigningAuthority authority;

    ContentAuthorizer(KeyRegistry registry, SubjectLimits limits, SignContentSettings settings) {
        this.table = new ContentTable(settings);
        this.authority = new SigningAuthority(registry, limits);
    }

    /** @throws ProblemException with the reason of the refusal */
    SigningPermit permit(
            ContentSigner.Parsed parsed, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        noted.version(parsed.presented().version());
        SignableRequest own = table.own(parsed, now);
        noted.request(own);
        List<SignableRequest> others = table.others(parsed);
        try {
            Facts facts = authority.load(buckets(own, others), now);
            StepBudget steps = StepBudget.ofRequest();
            SigningPermit permit = authority.permit(caller, own, facts, client, steps, now);
            noted.permitted(permit);
            BucketAcceptance.require(parsed.presented().version(), own.named(), facts, now);
            permitOthers(others, caller, facts, client, steps, now);
            return permit;
        } catch (SigningRefusal refusal) {
            noted.refused(refusal);
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
    }

    /**
     * Counts the signature and gives its key. After every check, because what is counted stays counted.
     *
     * @throws ProblemException TooManyRequests
     */
    AccessKey signer(SigningPermit permit, Instant now) throws ProblemException {
        try {
            return authority.grant(permit, now).signer();
        } catch (SigningRefusal refusal) {
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
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
                throw ContentTable.ambiguous(refusal);
            }
        }
    }

    private static Set<String> buckets(SignableRequest own, List<SignableRequest> others) {
        Set<String> buckets = new HashSet<>(own.buckets());
        others.forEach(other -> buckets.addAll(other.buckets()));
        return buckets;
    }
}

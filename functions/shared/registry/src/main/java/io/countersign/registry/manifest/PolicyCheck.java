package io.countersign.registry.manifest;

import io.countersign.policy.Identities;
import io.countersign.policy.NamedPrincipal;
import io.countersign.policy.Naming;
import io.countersign.policy.PolicyNote;
import io.countersign.policy.PolicyReview;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the principals that policies name against those that will exist. A Deny without an existing principal is
 * refused: its author believes that it takes effect, and nothing else would reveal that it does not. An Allow without
 * one gives nothing and is reported.
 */
final class PolicyCheck {
    private final Identities known;
    private final List<PolicyNote> notes = new ArrayList<>();

    private PolicyCheck(Identities known) {
        this.known = known;
    }

    /**
     * Returns the findings about all policies of the manifest.
     *
     * @throws ApplyRefusal when a Deny names no existing principal, or a Deny that is stored in the registry would no
     *     longer name one
     */
    static List<PolicyNote> notes(ApplyPlan.Planning planning, Manifest manifest, PrunePlanner.Names names)
            throws ApplyRefusal, StoreUnavailable {
        PolicyCheck check = new PolicyCheck(Population.after(planning, manifest, names));
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            for (Manifest.ManifestUser user : account.users()) {
                check.add(user.review());
            }
            for (Manifest.ManifestRole role : account.roles()) {
                check.add(role.review());
            }
            for (Manifest.ManifestBucket bucket : account.buckets()) {
                check.add(bucket.review());
            }
        }
        if (!planning.options().prune()) {
            KeptBucketPolicies.check(planning.snapshot(), names, check.known);
        }
        return check.notes;
    }

    private void add(PolicyReview review) throws ApplyRefusal {
        notes.addAll(review.notes());
        for (NamedPrincipal principal : review.principals()) {
            Naming naming = principal.naming(known);
            if (naming == Naming.NOBODY && principal.denies()) {
                throw new ApplyRefusal(principal.at(), principal.problem());
            }
            if (naming != Naming.SOMEBODY) {
                notes.add(new PolicyNote(principal.at(), principal.problem()));
            }
        }
    }
}

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
 * Holds what policies name against who there will be. A Deny that names nobody is refused: its author believes that it bites, and nobody would notice that it
 * does not. An Allow that names nobody gives nothing, and is told of.
 */
final class PolicyCheck {
    private final Identities known;
    private final List<PolicyNote> notes = new ArrayList<>();

    private PolicyCheck(Identities known) {
        this.known = known;
    }

    /**
     * What there is to say about all policies of the manifest.
     *
     * @throws ApplyRefusal when a Deny names nobody, or one that stands in the registry would name nobody any more
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
            StandingPolicies.check(planning.snapshot(), names, check.known);
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

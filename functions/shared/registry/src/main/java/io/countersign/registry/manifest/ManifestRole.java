package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.SessionNaming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A RAM role; its id is given when it is applied.
 *
 * @param review of its trust and of its policies
 * @param sharedSubjects whether one {@code sub} is one person, whichever of the role's providers vouches for it
 */
public record ManifestRole(
        Location at,
        String name,
        Duration maxSessionDuration,
        TrustPolicy trust,
        List<PolicyDocument> policies,
        PolicyReview review,
        Authority authority,
        Optional<String> signer,
        SessionNaming naming,
        boolean sharedSubjects) {
    public ManifestRole {
        policies = List.copyOf(policies);
    }
}

package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.registry.Authority;
import io.countersign.registry.RotationRule;
import java.util.List;
import java.util.Optional;

/**
 * A RAM user.
 *
 * @param uid the number that bucket policies know the user by
 * @param review of its policies
 */
public record ManifestUser(
        Location at,
        String name,
        Optional<String> uid,
        List<ManifestKey> accessKeys,
        List<PolicyDocument> policies,
        PolicyReview review,
        RotationRule rotation,
        Authority authority) {
    public ManifestUser {
        accessKeys = List.copyOf(accessKeys);
        policies = List.copyOf(policies);
    }
}

package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.Authority;
import io.countersign.registry.RotationRule;
import java.util.List;

/** A RAM user. */
public record ManifestUser(
        Location at,
        String name,
        List<ManifestKey> accessKeys,
        List<PolicyDocument> policies,
        RotationRule rotation,
        Authority authority) {
    public ManifestUser {
        accessKeys = List.copyOf(accessKeys);
        policies = List.copyOf(policies);
    }
}

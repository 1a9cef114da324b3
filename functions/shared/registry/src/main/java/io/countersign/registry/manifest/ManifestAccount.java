package io.countersign.registry.manifest;

import io.countersign.json.Location;
import java.util.List;

/** An account and all that it holds. */
public record ManifestAccount(
        Location at,
        String id,
        List<ManifestKey> accessKeys,
        List<ManifestUser> users,
        List<ManifestRole> roles,
        List<ManifestProvider> providers,
        List<ManifestBucket> buckets) {
    public ManifestAccount {
        accessKeys = List.copyOf(accessKeys);
        users = List.copyOf(users);
        roles = List.copyOf(roles);
        providers = List.copyOf(providers);
        buckets = List.copyOf(buckets);
    }
}

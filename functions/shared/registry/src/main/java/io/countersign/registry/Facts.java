package io.countersign.registry;

import io.countersign.oss.Acl;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry knows about one request.
 *
 * @param identity empty when the id is unknown, deleted, or none was asked for
 * @param buckets by name; an unknown one is left out
 * @param objectAcl empty when the object has none of its own: the bucket's decides
 */
public record Facts(Optional<Identity> identity, Map<String, Bucket> buckets, Optional<Acl> objectAcl) {
    public Facts {
        buckets = Map.copyOf(buckets);
    }

    public Optional<Bucket> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }
}

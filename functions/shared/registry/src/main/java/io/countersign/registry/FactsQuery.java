package io.countersign.registry;

import io.countersign.oss.Target;
import java.util.Optional;
import java.util.Set;

/**
 * What a request needs to know.
 *
 * @param accessKeyId as the request presents it; one that no key can have is simply unknown
 * @param buckets the request's, and the sources of copies
 * @param object the object whose ACL matters
 */
public record FactsQuery(Optional<String> accessKeyId, Set<String> buckets, Optional<Target.ObjectKey> object) {
    public FactsQuery {
        buckets = Set.copyOf(buckets);
    }
}

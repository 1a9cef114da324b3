package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyReview;
import io.countersign.registry.Bucket;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket.
 *
 * @param review of its policy
 * @param objectAcls by object key
 */
public record ManifestBucket(Location at, Bucket record, PolicyReview review, Map<String, Acl> objectAcls) {
    public ManifestBucket {
        objectAcls = Collections.unmodifiableMap(new LinkedHashMap<>(objectAcls));
    }
}

package io.countersign.policy;

import java.util.Optional;

/** Whether a resource of a bucket policy names anything of its bucket: a policy has a say about no other. */
final class BucketResource {
    private BucketResource() {}

    /** Why it matches nothing, and what to write instead. */
    static Optional<String> problem(ResourcePattern resource, BucketFacts bucket) {
        String name = bucket.bucket();
        if (!resource.owner().matches(bucket.ownerAccountId(), Steps.unbounded())) {
            return Optional.of("the bucket belongs to the account " + bucket.ownerAccountId()
                    + "; write that, or *, before the last colon");
        }
        ResourceName itself = new ResourceName(
                ResourceName.OSS, bucket.region(), bucket.ownerAccountId(), name, ResourceName.Span.ONE);
        if (!resource.sitsAt(itself, Steps.unbounded())) {
            return Optional.of("the bucket is in " + bucket.region() + "; write that, or *, for the region");
        }
        boolean named = resource.path().matches(name, Steps.unbounded())
                || GlobStates.meets(resource.path(), name + "/", 0, Steps.unbounded());
        return named
                ? Optional.empty()
                : Optional.of("it names nothing of the bucket " + name + "; write acs:oss:*:*:" + name
                        + " for the bucket and acs:oss:*:*:" + name + "/* for its objects");
    }
}

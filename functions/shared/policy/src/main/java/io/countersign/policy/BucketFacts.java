package io.countersign.policy;

import io.countersign.oss.Acl;
import java.util.Optional;

/**
 * The properties of a bucket that a decision uses.
 *
 * @param region without prefix, {@code cn-hangzhou}
 * @param ownerAccountId the account that owns the bucket
 * @param acl never {@link Acl#DEFAULT}: a bucket always has an ACL of its own
 * @param policy of kind {@link PolicyDocument.Kind#BUCKET}
 */
public record BucketFacts(
        String bucket, String region, String ownerAccountId, Acl acl, Optional<PolicyDocument> policy) {
    /**
     * @throws IllegalArgumentException when the owner is empty, the ACL is {@code default} or the policy is of another
     *     kind
     */
    public BucketFacts {
        if (ownerAccountId.isEmpty()) {
            throw new IllegalArgumentException("a bucket has an owner");
        }
        if (acl == Acl.DEFAULT) {
            throw new IllegalArgumentException("a bucket has an ACL of its own");
        }
        policy.ifPresent(document -> document.requireKind(PolicyDocument.Kind.BUCKET));
    }
}

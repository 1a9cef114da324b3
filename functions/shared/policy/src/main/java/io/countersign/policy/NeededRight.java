package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * A right that a request needs, with the facts about its resource. Each right is evaluated on its own.
 *
 * @param bucket the bucket of the right's scope; empty for the service
 * @param objectAcl the object's own ACL, when it has one
 * @param aclClass the access that an ACL can grant here; never for a prefix, whose objects may each have an ACL of
 *     their own; {@link Acl.Access#NONE} for everything but the operation's own right on objects
 * @param tags of the bucket and of the object
 */
public record NeededRight(
        Right right, Optional<BucketFacts> bucket, Optional<Acl> objectAcl, Acl.Access aclClass, PlaceTags tags) {
    /**
     * @throws IllegalArgumentException when the bucket is not the scope's, or an ACL class is given for a scope that
     *     is no object
     */
    public NeededRight {
        Optional<String> named = right.scope().bucketName();
        if (!named.equals(bucket.map(BucketFacts::bucket))) {
            throw new IllegalArgumentException("the facts are not of the bucket that the right is needed on");
        }
        boolean object = right.scope() instanceof Target.ObjectKey || right.scope() instanceof Scope.ObjectPrefix;
        if (aclClass != Acl.Access.NONE && !object) {
            throw new IllegalArgumentException("an ACL covers object operations only");
        }
    }

    /** A right on a resource whose tags are unknown. */
    NeededRight(Right right, Optional<BucketFacts> bucket, Optional<Acl> objectAcl, Acl.Access aclClass) {
        this(right, bucket, objectAcl, aclClass, PlaceTags.UNKNOWN);
    }

    /** Returns the same right with the tags of its resource. */
    public NeededRight with(PlaceTags known) {
        return known.equals(tags) ? this : new NeededRight(right, bucket, objectAcl, aclClass, known);
    }

    /** Returns a right on the service. */
    public static NeededRight onService(Right right) {
        return new NeededRight(right, Optional.empty(), Optional.empty(), Acl.Access.NONE);
    }

    /** Returns a right on a bucket or its objects that no ACL can grant. */
    public static NeededRight on(Right right, BucketFacts bucket) {
        return new NeededRight(right, Optional.of(bucket), Optional.empty(), Acl.Access.NONE);
    }

    /** Returns a right on objects that an ACL can grant. */
    public static NeededRight onObject(Right right, BucketFacts bucket, Optional<Acl> objectAcl, Acl.Access aclClass) {
        return new NeededRight(right, Optional.of(bucket), objectAcl, aclClass);
    }
}

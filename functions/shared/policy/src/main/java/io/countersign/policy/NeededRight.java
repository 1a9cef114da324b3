package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * One right that a request needs, with what is known of the place where it needs it. Each right is judged alone.
 *
 * @param bucket the bucket of the right's scope; empty for the service
 * @param objectAcl the object's own ACL, when it has one
 * @param aclClass what an ACL can open here, never that of a prefix, whose objects may each have their own; {@link Acl.AclClass#NONE} for everything but the operation's own right on objects
 * @param tags those of the bucket and of the object that the right is needed on
 */
public record NeededRight(
        Right right, Optional<BucketFacts> bucket, Optional<Acl> objectAcl, Acl.AclClass aclClass, PlaceTags tags) {
    /** @throws IllegalArgumentException when the bucket is not the scope's, or an ACL is to cover what is no object */
    public NeededRight {
        Optional<String> named = bucketOf(right.scope());
        if (!named.equals(bucket.map(BucketFacts::bucket))) {
            throw new IllegalArgumentException("the facts are not of the bucket that the right is needed on");
        }
        boolean object = right.scope() instanceof Target.ObjectKey || right.scope() instanceof Scope.ObjectPrefix;
        if (aclClass != Acl.AclClass.NONE && !object) {
            throw new IllegalArgumentException("an ACL covers object operations only");
        }
    }

    /** One whose place has tags of which nothing is known. */
    NeededRight(Right right, Optional<BucketFacts> bucket, Optional<Acl> objectAcl, Acl.AclClass aclClass) {
        this(right, bucket, objectAcl, aclClass, PlaceTags.UNKNOWN);
    }

    /** The same right where these tags are known of the place. */
    public NeededRight with(PlaceTags known) {
        return known.equals(tags) ? this : new NeededRight(right, bucket, objectAcl, aclClass, known);
    }

    /** A right on the service itself. */
    public static NeededRight onService(Right right) {
        return new NeededRight(right, Optional.empty(), Optional.empty(), Acl.AclClass.NONE);
    }

    /** A right on a bucket or its objects that no ACL can give. */
    public static NeededRight on(Right right, BucketFacts bucket) {
        return new NeededRight(right, Optional.of(bucket), Optional.empty(), Acl.AclClass.NONE);
    }

    /** A right on objects that an ACL can give. */
    public static NeededRight onObject(
            Right right, BucketFacts bucket, Optional<Acl> objectAcl, Acl.AclClass aclClass) {
        return new NeededRight(right, Optional.of(bucket), objectAcl, aclClass);
    }

    private static Optional<String> bucketOf(Scope scope) {
        return switch (scope) {
            case Target.Service service -> Optional.empty();
            case Target.Bucket named -> Optional.of(named.bucket());
            case Target.ObjectKey object -> Optional.of(object.bucket());
            case Scope.ObjectPrefix prefix -> Optional.of(prefix.bucket());
            case Scope.AccountObjects objects -> Optional.of(objects.bucket());
        };
    }
}

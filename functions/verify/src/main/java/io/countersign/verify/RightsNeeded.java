package io.countersign.verify;

import io.countersign.oss.AclClass;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.NeededRight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the rights of an operation beside what is known of the places where it needs them. */
record RightsNeeded(KnownFacts known, KnownTags tags) {
    private static final String READ = "oss:GetObject";

    /** Whether a right is to read an object: an ACL may give that also where it is not the operation's own right. */
    static boolean isFurtherRead(Right right) {
        return right.action().equals(READ);
    }

    /**
     * @param rights the operation's own first; only that one is opened by what ACLs open the operation, and none on a version: each version has an ACL of its own, which the registry does not know
     * @throws OssRefusal NoSuchBucket
     */
    List<NeededRight> of(Operation operation, List<Right> rights) throws OssRefusal {
        List<NeededRight> needed = new ArrayList<>(rights.size());
        for (Right right : rights) {
            boolean own = needed.isEmpty();
            boolean ofVersion = right.plain().isPresent();
            AclClass further = isFurtherRead(right) && isObject(right.scope()) ? AclClass.READ : AclClass.NONE;
            AclClass opened = own ? operation.aclClass() : further;
            needed.add(needed(right, ofVersion ? AclClass.NONE : opened).with(tags.of(right)));
        }
        return needed;
    }

    private NeededRight needed(Right right, AclClass aclClass) throws OssRefusal {
        Optional<String> name = ParsedRequest.bucketOf(right.scope());
        if (name.isEmpty()) {
            return NeededRight.onService(right);
        }
        BucketFacts bucket = known.bucket(name.get());
        return aclClass == AclClass.NONE
                ? NeededRight.on(right, bucket)
                : NeededRight.onObject(right, bucket, known.objectAcl(right.scope()), aclClass);
    }

    private static boolean isObject(Scope scope) {
        return switch (scope) {
            case Target.ObjectKey object -> true;
            case Target.Service service -> false;
            case Target.Bucket bucket -> false;
            case Scope.ObjectPrefix prefix -> false;
            case Scope.AccountObjects objects -> false;
        };
    }
}

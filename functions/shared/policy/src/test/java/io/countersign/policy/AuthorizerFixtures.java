package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;

/** Principals, buckets and rights for tests of the authorizer. */
final class AuthorizerFixtures {
    static final String OWNER = "1234567890123456";
    static final String OTHER = "6543210987654321";
    static final String BUCKET = "examplebucket";

    static final Principal ANONYMOUS = new Principal.Anonymous();
    static final Principal ROOT = new Principal.Account(OWNER);
    static final Principal OTHER_ROOT = new Principal.Account(OTHER);

    private AuthorizerFixtures() {}

    static Principal user(PolicyDocument... policies) {
        return new Principal.RamUser(OWNER, "alice", List.of(policies));
    }

    static Principal otherUser(PolicyDocument... policies) {
        return new Principal.RamUser(OTHER, "mallory", List.of(policies));
    }

    static Principal session(PolicyDocument role) {
        return new Principal.AssumedRole(OWNER, "mobile-app", "phone-7", List.of(role), Optional.empty());
    }

    static Principal session(PolicyDocument role, PolicyDocument narrowedBy) {
        return new Principal.AssumedRole(OWNER, "mobile-app", "phone-7", List.of(role), Optional.of(narrowedBy));
    }

    static BucketFacts bucket(Acl acl) {
        return new BucketFacts(BUCKET, "cn-hangzhou", OWNER, acl, Optional.empty());
    }

    static BucketFacts bucket(Acl acl, PolicyDocument policy) {
        return new BucketFacts(BUCKET, "cn-hangzhou", OWNER, acl, Optional.of(policy));
    }

    static NeededRight get(BucketFacts bucket, String key) {
        return get(bucket, key, Optional.empty());
    }

    static NeededRight get(BucketFacts bucket, String key, Optional<Acl> objectAcl) {
        return NeededRight.onObject(right("oss:GetObject", key), bucket, objectAcl, Acl.Access.READ);
    }

    static NeededRight put(BucketFacts bucket, String key, Optional<Acl> objectAcl) {
        return NeededRight.onObject(right("oss:PutObject", key), bucket, objectAcl, Acl.Access.WRITE);
    }

    static NeededRight list(BucketFacts bucket) {
        return NeededRight.on(new Right("oss:ListObjects", Target.bucket(BUCKET)), bucket);
    }

    static NeededRight prefix(String action, BucketFacts bucket, String prefix) {
        return NeededRight.on(new Right(action, new Scope.ObjectPrefix(BUCKET, prefix)), bucket);
    }

    static NeededRight listBuckets() {
        return NeededRight.onService(new Right("oss:ListBuckets", Target.service()));
    }

    static Right right(String action, String key) {
        return new Right(action, Target.object(BUCKET, key));
    }

    static Decision decide(Principal principal, NeededRight... rights) {
        return Authorizer.decide(principal, List.of(rights), Conditions.NONE);
    }

    static boolean allows(Principal principal, NeededRight... rights) {
        return decide(principal, rights) instanceof Decision.Allowed;
    }

    static Decision.DenialReason denial(Principal principal, NeededRight... rights) {
        return ((Decision.Denied) decide(principal, rights)).reason();
    }
}

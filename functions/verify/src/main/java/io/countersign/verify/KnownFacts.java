package io.countersign.verify;

import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.BucketFacts;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry knows of a request.
 *
 * @param objectAcls the objects that were asked about, with their own ACL if they have one
 */
record KnownFacts(Facts facts, Map<Target.ObjectKey, Optional<Acl>> objectAcls) {
    KnownFacts {
        objectAcls = Map.copyOf(objectAcls);
    }

    /** The object's own ACL. An object that was not asked about counts as private: its ACL may say so. */
    Optional<Acl> objectAcl(Scope scope) {
        return scope instanceof Target.ObjectKey object
                ? objectAcls.getOrDefault(object, Optional.of(Acl.PRIVATE))
                : Optional.of(Acl.PRIVATE);
    }

    /** @throws OssRefusal NoSuchBucket */
    BucketFacts bucket(String name) throws OssRefusal {
        Bucket bucket = facts.bucket(name)
                .orElseThrow(() -> new OssRefusal(
                        OssError.NO_SUCH_BUCKET, OssError.NO_SUCH_BUCKET.message(), Map.of("BucketName", name)));
        return new BucketFacts(bucket.name(), bucket.region(), bucket.accountId(), bucket.acl(), bucket.policy());
    }
}

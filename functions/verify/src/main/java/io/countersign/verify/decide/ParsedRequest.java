package io.countersign.verify.decide;

import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * A well-formed request.
 *
 * @param operation empty when OSS has no such operation: the request is refused after its signature was checked
 * @param rights the rights that the operation requires, its own first; empty without an operation
 * @param obligations the ACL changes that the storage confirms if the request is allowed
 * @param form the form of a POST upload, which its policy must permit
 */
record ParsedRequest(
        OssRequest oss,
        Credentials credentials,
        Optional<Operation> operation,
        List<Right> rights,
        List<VerifyAnswer.Obligation> obligations,
        Optional<PostPolicyCheck> form) {
    ParsedRequest {
        rights = List.copyOf(rights);
        obligations = List.copyOf(obligations);
    }

    /** Every bucket that the request touches, its own first. */
    SequencedSet<String> buckets() {
        SequencedSet<String> buckets = new LinkedHashSet<>();
        bucketOf(oss.target()).ifPresent(buckets::add);
        rights.forEach(right -> bucketOf(right.scope()).ifPresent(buckets::add));
        return buckets;
    }

    static Optional<String> bucketOf(Scope scope) {
        return switch (scope) {
            case Target.Service service -> Optional.empty();
            case Target.Bucket bucket -> Optional.of(bucket.bucket());
            case Target.ObjectKey object -> Optional.of(object.bucket());
            case Scope.ObjectPrefix prefix -> Optional.of(prefix.bucket());
            case Scope.AccountObjects objects -> Optional.of(objects.bucket());
        };
    }
}

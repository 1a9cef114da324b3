package io.countersign.verify.decide;

import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Every bucket that the request touches, iterated with its own first. */
    Set<String> buckets() {
        Optional<String> own = oss.target().bucketName();
        if (own.isPresent() && isWithin(own.get())) {
            return Set.of(own.get());
        }
        Set<String> buckets = new LinkedHashSet<>();
        own.ifPresent(buckets::add);
        for (Right right : rights) {
            right.scope().bucketName().ifPresent(buckets::add);
        }
        return buckets;
    }

    private boolean isWithin(String bucket) {
        for (Right right : rights) {
            Optional<String> other = right.scope().bucketName();
            if (other.isPresent() && !other.get().equals(bucket)) {
                return false;
            }
        }
        return true;
    }
}

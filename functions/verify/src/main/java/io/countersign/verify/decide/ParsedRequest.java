package io.countersign.verify.decide;

import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import java.util.ArrayList;
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

    /** Every bucket that the request touches, its own first, also where no right is needed on it. */
    Set<String> buckets() {
        Optional<String> own = oss.target().bucketName();
        // Nearly every request: it costs no list and no table.
        if (own.isPresent() && isWithin(own.get())) {
            return Set.of(own.get());
        }
        List<Scope> places = new ArrayList<>(rights.size() + 1);
        places.add(oss.target());
        rights.forEach(right -> places.add(right.scope()));
        return Scope.buckets(places);
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

package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import java.util.Optional;

/** Refuses operations on buckets and on several objects, each with a code of its own: only requests for one object are signed (docs/protocol.md 5.5). */
final class BucketLevel {
    private BucketLevel() {}

    static void refuse(OssRequest request) throws ProblemException {
        switch (request.target()) {
            case Target.ObjectKey object -> {}
            case Target.Service service ->
                throw ContentError.LIST_BUCKETS_NOT_SIGNABLE.cause(
                        "Requests for lists of buckets are not signed; name a bucket and a key.");
            case Target.Bucket bucket -> throw ofBucket(request);
        }
    }

    private static ProblemException ofBucket(OssRequest request) {
        Optional<Operation> operation = Operations.of(request);
        if (operation.equals(Optional.of(Operation.LIST_OBJECTS))) {
            return ContentError.LIST_OBJECTS_NOT_SIGNABLE.cause(
                    "Requests for lists of objects are not signed: V1 does not sign the prefix, so the signature would list the whole bucket. List with a session from /token.");
        }
        if (operation.equals(Optional.of(Operation.DELETE_MULTIPLE_OBJECTS))) {
            return ContentError.DELETE_MULTIPLE_OBJECTS_NOT_SIGNABLE.cause(
                    "DeleteMultipleObjects is not signed: its keys are in the body, which this function does not see. Delete the objects one by one.");
        }
        return onlyObjects();
    }

    static ProblemException onlyObjects() {
        return ContentError.BUCKET_OPERATION_NOT_SIGNABLE.cause(
                "Only requests for one object are signed; name a bucket and a key.");
    }
}

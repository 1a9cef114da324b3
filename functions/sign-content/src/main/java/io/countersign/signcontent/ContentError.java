package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Map;

/** Why a string is not signed, besides what {@link io.countersign.identity.delegation.SigningRefusal.Code} lists: a code for programs and the HTTP status that goes with it. */
enum ContentError {
    /** It is no string to sign of V1 or V4. */
    INVALID_CONTENT(400, "InvalidContent"),
    /** Not UTF-8, or a carriage return, NUL or other control character. */
    CONTROL_CHARACTER(400, "ControlCharacter"),
    /** A line where only {@code x-oss-*} headers and the resource may stand. */
    UNEXPECTED_LINE(400, "UnexpectedLine"),
    /** No URL has room for it. */
    REQUEST_TOO_LONG(400, "RequestTooLong"),
    /** What was parsed does not give the same string back. */
    NOT_CANONICAL(400, "NotCanonical"),
    INVALID_DATE(400, "InvalidDate"),
    REQUEST_TIME_TOO_SKEWED(403, "RequestTimeTooSkewed"),
    REQUEST_EXPIRED(403, "RequestExpired"),
    EXPIRES_TOO_FAR(403, "ExpiresTooFar"),
    /** V1 cannot tell it from another request, which the caller may not make. */
    AMBIGUOUS_CONTENT(403, "AmbiguousContent"),
    POST_POLICY_NOT_SIGNABLE(403, "PostPolicyNotSignable"),
    RTMP_NOT_SIGNABLE(403, "RtmpNotSignable"),
    LIST_BUCKETS_NOT_SIGNABLE(403, "ListBucketsNotSignable"),
    LIST_OBJECTS_NOT_SIGNABLE(403, "ListObjectsNotSignable"),
    DELETE_MULTIPLE_OBJECTS_NOT_SIGNABLE(403, "DeleteMultipleObjectsNotSignable"),
    BUCKET_OPERATION_NOT_SIGNABLE(403, "BucketOperationNotSignable"),
    /** The string says something else than the members beside it. */
    HINT_MISMATCH(400, "HintMismatch"),
    /** The hash in V4's string to sign is of another canonical request. */
    CANONICAL_REQUEST_MISMATCH(400, "CanonicalRequestMismatch"),
    /** No canonical request that the members let one guess has the hash. */
    CANONICAL_REQUEST_NEEDED(400, "CanonicalRequestNeeded"),
    /** Another region than the bucket's, or another product than OSS. */
    INVALID_SCOPE(400, "InvalidScope"),
    /** The client goes by another access key id than the one that signs. */
    ACCESS_KEY_ID_MISMATCH(409, "AccessKeyIdMismatch");

    static final String TITLE = "The content is not signed";

    private final int status;
    private final String code;

    ContentError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** @param detail what to do next */
    ProblemException cause(String detail) {
        return new ProblemException(new ProblemException.Problem(status, code, TITLE, detail));
    }

    /** @param id that of the key that would sign; it is no secret, every signed request shows it */
    static ProblemException otherKey(String id) {
        return new ProblemException(new ProblemException.Problem(
                ACCESS_KEY_ID_MISMATCH.status,
                ACCESS_KEY_ID_MISMATCH.code,
                TITLE,
                "The bucket's signer signs with the access key id " + id
                        + "; let the client's credentials have that id, and sign again.",
                List.of(),
                Map.of("accessKeyId", id)));
    }
}

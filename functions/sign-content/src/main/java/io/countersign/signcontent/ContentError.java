package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Map;

/**
 * The reasons for which a string is not signed, besides those of {@link io.countersign.identity.delegation.SigningRefusal.Code}. Each has a code for programs
 * and an HTTP status.
 */
enum ContentError {
    /** The text is not a string to sign of V1 or V4. */
    INVALID_CONTENT(400, "InvalidContent"),
    /** The text is not UTF-8, or contains a control character other than the line feed. */
    CONTROL_CHARACTER(400, "ControlCharacter"),
    /** A line other than an {@code x-oss-*} header or the resource follows the date. */
    UNEXPECTED_LINE(400, "UnexpectedLine"),
    /** The request does not fit into a URL. */
    REQUEST_TOO_LONG(400, "RequestTooLong"),
    /** The string rebuilt from the parsed request differs. */
    NOT_CANONICAL(400, "NotCanonical"),
    INVALID_DATE(400, "InvalidDate"),
    REQUEST_TIME_TOO_SKEWED(403, "RequestTimeTooSkewed"),
    REQUEST_EXPIRED(403, "RequestExpired"),
    EXPIRES_TOO_FAR(403, "ExpiresTooFar"),
    /** V1 signs another request with the same string, and the caller is not allowed to make that request. */
    AMBIGUOUS_CONTENT(403, "AmbiguousContent"),
    POST_POLICY_NOT_SIGNABLE(403, "PostPolicyNotSignable"),
    RTMP_NOT_SIGNABLE(403, "RtmpNotSignable"),
    LIST_BUCKETS_NOT_SIGNABLE(403, "ListBucketsNotSignable"),
    LIST_OBJECTS_NOT_SIGNABLE(403, "ListObjectsNotSignable"),
    DELETE_MULTIPLE_OBJECTS_NOT_SIGNABLE(403, "DeleteMultipleObjectsNotSignable"),
    BUCKET_OPERATION_NOT_SIGNABLE(403, "BucketOperationNotSignable"),
    /** The string contradicts another member of the body. */
    HINT_MISMATCH(400, "HintMismatch"),
    /** V4's string to sign contains the hash of another canonical request. */
    CANONICAL_REQUEST_MISMATCH(400, "CanonicalRequestMismatch"),
    /** No candidate for the canonical request has the hash. */
    CANONICAL_REQUEST_NEEDED(400, "CanonicalRequestNeeded"),
    /** The scope has another region than the bucket, or another product than OSS. */
    INVALID_SCOPE(400, "InvalidScope"),
    /** The client uses another access key id than the signing key's. */
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

    /** @param id the id of the signing key, which is public: every signed request contains it */
    static ProblemException otherKey(String id) {
        return new ProblemException(new ProblemException.Problem(
                ACCESS_KEY_ID_MISMATCH.status,
                ACCESS_KEY_ID_MISMATCH.code,
                TITLE,
                "The bucket's signer signs with the access key id " + id
                        + "; use credentials with that id in the client, and sign again.",
                List.of(),
                Map.of("accessKeyId", id)));
    }
}

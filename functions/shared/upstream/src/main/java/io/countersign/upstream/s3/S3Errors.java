package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The errors of a store that a client may see, and OSS's for them (docs.aws.amazon.com, Amazon S3 API Reference, "Error
 * responses"; help.aliyun.com, "OSS error codes"). The text is OSS's or ours: a store's own may name its bucket or our
 * key. An error that is not here is a fault of the store or of our configuration, and becomes 503.
 *
 * @param ec empty when no source names one
 * @param status of the store and of OSS alike
 */
record S3Errors(String code, String ec, int status, String message) {
    private static final Map<String, S3Errors> TABLE = new HashMap<>();

    static {
        add("NoSuchKey", OssError.NO_SUCH_KEY);
        add(
                "NoSuchUpload",
                "NoSuchUpload",
                404,
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
        add(
                "EntityTooSmall",
                "EntityTooSmall",
                400,
                "Your proposed upload is smaller than the minimum allowed size. Behind this bucket is a store that speaks S3, where each part but the last has at least 5 MiB; set your client's part size to 5 MiB (5242880) or more and upload again.");
        add("EntityTooLarge", OssError.ENTITY_TOO_LARGE);
        add(
                "InvalidPart",
                "InvalidPart",
                400,
                "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.");
        add(
                "InvalidPartOrder",
                "InvalidPartOrder",
                400,
                "The list of parts was not in ascending order. Parts list must specified in order by part number.");
        add("InvalidRange", "InvalidRange", 416, "The requested range cannot be satisfied.");
        add("InvalidDigest", "InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
        add("BadDigest", "InvalidDigest", 400, "The Content-MD5 you specified did not match what we received.");
        add(
                "KeyTooLongError",
                "InvalidObjectName",
                400,
                "The specified object is not valid: the key is too long for the store.");
        add(
                "KeyTooLong",
                "InvalidObjectName",
                400,
                "The specified object is not valid: the key is too long for the store.");
        add("InvalidArgument", "InvalidArgument", 400, "The store does not accept an argument of this request.");
        add(
                "InvalidRequest",
                "InvalidArgument",
                400,
                "The store does not accept this request; a copy of an object onto itself has to change its metadata or storage class.");
        add("InvalidTag", "InvalidTag", 400, "The tag provided was not a valid tag.");
        add("InvalidStorageClass", "InvalidArgument", 400, "The store does not have this storage class.");
        add(
                "IncompleteBody",
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length header.");
        add(
                "RequestTimeout",
                "RequestTimeout",
                400,
                "Your socket connection to the server was not read from or written to within the timeout period.");
        add("MetadataTooLarge", "InvalidArgument", 400, "The x-oss-meta- headers are too large for the store.");
        add("InvalidObjectState", "InvalidObjectState", 403, "The operation is not valid for the object's state.");
        add("MissingContentLength", "MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        add(
                "PreconditionFailed",
                "PreconditionFailed",
                412,
                "At least one of the preconditions you specified did not hold.");
        add("NotImplemented", "NotImplemented", 501, "The store behind this bucket does not implement this request.");
        add("InternalError", OssError.INTERNAL_ERROR);
        add("SlowDown", OssError.SERVICE_UNAVAILABLE);
        add("ServiceUnavailable", OssError.SERVICE_UNAVAILABLE);
    }

    static S3Errors of(OssError error) {
        return new S3Errors(error.code(), error.ec(), error.status(), error.message());
    }

    /** @param code of the store; an error that has another status than the table's is not the one that is meant */
    static Optional<S3Errors> of(String code, int status) {
        return of(code).filter(error -> error.status == status);
    }

    /** @param code in a document of the status 200, which says nothing of the error's own */
    static Optional<S3Errors> of(String code) {
        return Optional.ofNullable(TABLE.get(code));
    }

    /** The error that a status without a document means, as HEAD has it. */
    static Optional<S3Errors> of(int status) {
        return switch (status) {
            case 404 -> of("NoSuchKey", status);
            case 411 -> of("MissingContentLength", status);
            case 412 -> of("PreconditionFailed", status);
            case 416 -> of("InvalidRange", status);
            case 500 -> of("InternalError", status);
            case 501 -> of("NotImplemented", status);
            case 503 -> of("ServiceUnavailable", status);
            default -> Optional.empty();
        };
    }

    private static void add(String ofStore, OssError error) {
        TABLE.put(ofStore, of(error));
    }

    private static void add(String ofStore, String code, int status, String message) {
        TABLE.put(ofStore, new S3Errors(code, "", status, message));
    }
}

package io.countersign.upstream.oss;

import io.countersign.oss.OssError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The errors of a store that speaks OSS which a client may see: those about the request and its object (docs/protocol.md
 * 8; help.aliyun.com, "OSS error codes"). The texts are OSS's, written here, because the store's may name its bucket,
 * its account or our key. Every other one is a fault of the store or of its configuration, and becomes 503.
 *
 * @param ec OSS's number; empty when no source names one
 */
record OssErrors(String code, String ec, int status, String message) {
    private static final Map<String, OssErrors> TABLE = new HashMap<>();

    /** Details that say a size or a number, and no name. */
    static final Set<String> DETAILS =
            Set.of("ActualObjectSize", "MaxSizeAllowed", "MinSizeAllowed", "PartNumber", "ProposedSize");

    static {
        add(OssError.NO_SUCH_KEY);
        add("NoSuchVersion", 404, "The specified version does not exist.");
        add(
                "NoSuchUpload",
                404,
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
        add("SymlinkTargetNotExist", 404, "The symlink target object does not exist.");
        add("NoSuchTagSet", 404, "The TagSet does not exist.");
        add("NoSuchLifecycle", 404, "No Row found in Lifecycle Table.");
        add("NoSuchStyle", 404, "The specified style does not exist.");
        add("NoSuchWORMConfiguration", 404, "The WORM Configuration does not exist.");
        add("NoSuchObjectRetentionConfiguration", 404, "The specified object does not have a retention configuration.");
        add("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold.");
        add("InvalidRange", 416, "The requested range cannot be satisfied.");
        add(OssError.FILE_ALREADY_EXISTS);
        add("FileImmutable", 409, "The object you specified is immutable.");
        add("ObjectNotAppendable", 409, "The object is not appendable.");
        add("PositionNotEqualToLength", 409, "Position is not equal to file length.");
        add("RestoreAlreadyInProgress", 409, "The restore operation is in progress.");
        add("OperationConflict", 409, "A conflicting operation is in progress against this resource; try again.");
        add("WORMConfigurationLocked", 409, "The WORM configuration is locked.");
        add("InvalidObjectState", 403, "The operation is not valid for the object's state.");
        add(
                "InvalidPart",
                400,
                "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.");
        add("InvalidPartOrder", 400, "The list of parts was not in ascending order.");
        add("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size.");
        add(OssError.ENTITY_TOO_LARGE);
        add("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
        add(OssError.INVALID_ARGUMENT);
        add(OssError.MALFORMED_XML);
        add("InvalidTag", 400, "The tag provided was not a valid tag.");
        add("InvalidStorageClass", 400, "The storage class you specified is not valid.");
        add("InvalidTargetType", 400, "The symlink's target is invalid.");
        add("InvalidEncryptionAlgorithmError", 400, "The encryption algorithm specified is not valid.");
        add("InvalidLinkName", 400, "The symlink's name is invalid.");
        add("OperationNotSupported", 400, "The operation is not supported for this resource.");
        add("NotSupported", 400, "The operation is not supported for this resource.");
        add(
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length HTTP header.");
        add(
                "RequestTimeout",
                400,
                "Your socket connection to the server was not read from or written to within the timeout period.");
        add("ImageTooLarge", 400, "The image is larger than may be processed.");
        add("BadRequest", 400, "The object cannot be processed in this way.");
        add("RequestIsTooLarge", 400, "The request is larger than may be processed.");
        add("InvalidObject", 400, "The object cannot be selected from in this way.");
        add("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        add(OssError.METHOD_NOT_ALLOWED);
        add(OssError.NOT_IMPLEMENTED);
    }

    /** @param code of the store; an error that has another status than the table's is not the one that is meant */
    static Optional<OssErrors> of(String code, int status) {
        return Optional.ofNullable(TABLE.get(code)).filter(error -> error.status == status);
    }

    /** The error that a status without a document means. */
    static Optional<OssErrors> of(int status) {
        return switch (status) {
            case 404 -> of("NoSuchKey", status);
            case 405 -> of("MethodNotAllowed", status);
            case 411 -> of("MissingContentLength", status);
            case 412 -> of("PreconditionFailed", status);
            case 416 -> of("InvalidRange", status);
            default -> Optional.empty();
        };
    }

    private static void add(OssError error) {
        TABLE.put(error.code(), new OssErrors(error.code(), error.ec(), error.status(), error.message()));
    }

    private static void add(String code, int status, String message) {
        TABLE.put(code, new OssErrors(code, "", status, message));
    }
}

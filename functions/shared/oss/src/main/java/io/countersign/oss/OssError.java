package io.countersign.oss;

/**
 * The errors of OSS: code, EC, HTTP status and message (docs/protocol.md 8). An empty EC means that no source names
 * one.
 */
public enum OssError {
    INVALID_ARGUMENT("InvalidArgument", "", 400, "The argument is invalid."),
    INVALID_AUTHORIZATION("InvalidArgument", "0002-00000202", 400, "The Authorization header is invalid."),
    INVALID_ADDITIONAL_HEADERS(
            "InvalidArgument", "0002-00000209", 400, "The AdditionalHeaders in Authorization are invalid."),
    INVALID_SIGNING_DATE("InvalidArgument", "0002-00000212", 400, "Invalid signing date in Authorization header."),
    INVALID_CREDENTIAL("InvalidArgument", "0002-00000223", 400, "Invalid credential in Authorization header."),
    INVALID_SIGNING_REGION("InvalidArgument", "0002-00000226", 400, "Invalid signing region in Authorization header."),
    INVALID_SIGNING_PRODUCT(
            "InvalidArgument", "0002-00000227", 400, "Invalid signing product in Authorization header."),
    TWO_SIGNATURES(
            "InvalidArgument",
            "",
            400,
            "Either the Signature query string parameter or the Authorization header should be specified, not both."),
    TWO_SECURITY_TOKENS(
            "InvalidArgument",
            "",
            400,
            "The security token should be specified in the header or in the query string, not both."),
    INVALID_EXPIRES(
            "AccessDenied", "0002-00000070", 403, "Invalid Expires: it must be the seconds since 1970 in digits."),
    MISSING_EXPIRES(
            "AccessDenied", "0002-00000216", 403, "Query-string authentication requires the x-oss-expires parameter."),
    MISSING_SIGNATURE(
            "AccessDenied",
            "0002-00000219",
            403,
            "Query-string authentication requires the x-oss-signature parameter."),
    MISSING_URL_PARAMETERS(
            "AccessDenied",
            "",
            403,
            "Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters"),
    EXPIRES_OUT_OF_RANGE("InvalidArgument", "0002-00000232", 400, "x-oss-expires must be from 1 to 604800 seconds."),
    INVALID_DATE("AccessDenied", "0002-00000503", 403, "OSS authentication requires a valid Date."),
    REQUEST_TIME_TOO_SKEWED(
            "RequestTimeTooSkewed",
            "0002-00000504",
            403,
            "The difference between the request time and the current time is too large."),
    OTHER_ADDRESS("AccessDenied", "0002-00000602", 403, "The URL may only be used from another address."),
    /** A refusal of Countersign: URLs of OSS are good until they expire. */
    URL_USED(
            "AccessDenied",
            "",
            403,
            "The URL is good for one request, and one was made with it already; ask for another URL."),
    REQUEST_EXPIRED("AccessDenied", "0002-00000069", 403, "Request has expired."),
    INVALID_ACCESS_KEY_ID(
            "InvalidAccessKeyId",
            "0002-00000902",
            403,
            "The OSS Access Key Id you provided does not exist in our records."),
    ACCESS_KEY_DISABLED("InvalidAccessKeyId", "", 403, "The OSS Access Key Id you provided is disabled."),
    SIGNATURE_DOES_NOT_MATCH(
            "SignatureDoesNotMatch",
            "0002-00000040",
            403,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method."),
    INVALID_SECURITY_TOKEN("InvalidSecurityToken", "0002-00000006", 403, "The security token you provided is invalid."),
    SECURITY_TOKEN_EXPIRED(
            "SecurityTokenExpired", "0002-00000007", 403, "The security token you provided has expired."),
    SECURITY_TOKEN_NOT_SUPPORTED(
            "SecurityTokenNotSupported",
            "0002-00000002",
            403,
            "The security token does not belong with this access key."),
    ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH(
            "AccessKeyIdAndSecurityTokenNotMatch", "", 403, "The access key id does not match the security token."),
    ACCESS_DENIED("AccessDenied", "", 403, "AccessDenied"),
    ACCESS_DENIED_BY_BUCKET_ACL(
            "AccessDenied", "0003-00000001", 403, "You have no right to access this object because of bucket acl."),
    ACCESS_DENIED_BY_BUCKET_POLICY("AccessDenied", "0003-00000101", 403, "Access denied by bucket policy."),
    ACCESS_DENIED_BY_RAM_POLICY("AccessDenied", "0003-00000201", 403, "Access denied by authorizer's policy."),
    ACCESS_DENIED_BY_SESSION_POLICY("AccessDenied", "0003-00000301", 403, "Access denied by authorizer's policy."),
    /** Countersign's own: the bucket's minimumSignatureVersion. OSS has no error for it. */
    SIGNATURE_VERSION_REFUSED(
            "AccessDenied", "", 403, "This bucket accepts no signature of this version any longer; sign with V4."),
    LIST_BUCKETS_FORBIDDEN("AccessDenied", "", 403, "You are forbidden to list buckets."),
    BUCKET_NOT_OWNED("AccessDenied", "0003-00000001", 403, "The bucket you access does not belong to you."),
    WRONG_ENDPOINT(
            "AccessDenied",
            "",
            403,
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint."),
    OTHER_ENDPOINT("AccessDenied", "", 403, "The host is not an endpoint of OSS."),
    ACCESS_FORBIDDEN("AccessForbidden", "", 403, "CORSResponse: This CORS request is not allowed."),
    NO_SUCH_BUCKET("NoSuchBucket", "0015-00000101", 404, "The specified bucket does not exist."),
    NO_SUCH_KEY("NoSuchKey", "0026-00000001", 404, "The specified key does not exist."),
    NO_SUCH_CORS_CONFIGURATION("NoSuchCORSConfiguration", "", 404, "The CORS Configuration does not exist."),
    INVALID_BUCKET_NAME("InvalidBucketName", "0015-00000001", 400, "The specified bucket is not valid."),
    INVALID_OBJECT_NAME("InvalidObjectName", "", 400, "The specified object is not valid."),
    ANSWER_HEADERS_UNSIGNED(
            "InvalidRequest",
            "",
            400,
            "An anonymous request cannot choose headers of its answer; leave out response-*, or sign the request."),
    METHOD_NOT_ALLOWED(
            "MethodNotAllowed", "0003-00000016", 405, "The specified method is not allowed against this resource."),
    MALFORMED_POST_REQUEST(
            "MalformedPOSTRequest", "", 400, "The body of your POST request is not well-formed multipart/form-data."),
    ENTITY_TOO_SMALL(
            "EntityTooSmall", "0006-00000004", 400, "Your proposed upload is smaller than the minimum allowed size."),
    ENTITY_TOO_LARGE("EntityTooLarge", "0006-00000003", 400, "Your proposed upload exceeds the maximum allowed size."),
    FORM_VERSION("InvalidArgument", "0002-00000701", 400, "The signature version of the form is invalid."),
    FORM_WITHOUT_POLICY("InvalidArgument", "0002-00000702", 400, "The form is signed, but has no policy."),
    FORM_WITHOUT_SIGNATURE("InvalidArgument", "0002-00000703", 400, "The form has a policy, but no signature."),
    FORM_SIGNATURE_EMPTY("InvalidArgument", "0002-00000704", 400, "The signature of the form is empty."),
    FORM_SIGNATURE_DOES_NOT_MATCH(
            "SignatureDoesNotMatch",
            "0002-00000705",
            403,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method."),
    FORM_WITHOUT_ACCESS_KEY_ID("InvalidArgument", "0002-00000706", 400, "The form is signed, but names no access key."),
    FORM_SIGNING_DATE("InvalidArgument", "0002-00000709", 400, "Invalid signing date in x-oss-credential."),
    FORM_CREDENTIAL("InvalidArgument", "0002-00000710", 400, "Invalid x-oss-credential."),
    INVALID_POLICY_DOCUMENT("InvalidPolicyDocument", "0006-00000201", 400, "Invalid Policy."),
    POLICY_NOT_BASE64("InvalidPolicyDocument", "0006-00000202", 400, "Invalid Policy: it is not Base64."),
    POLICY_NOT_JSON("InvalidPolicyDocument", "0006-00000204", 400, "Invalid Policy: Invalid JSON."),
    POLICY_EMPTY("InvalidPolicyDocument", "0006-00000205", 400, "Invalid Policy: it is empty."),
    POLICY_WITHOUT_CONDITIONS("InvalidPolicyDocument", "0006-00000207", 400, "Invalid Policy: it has no conditions."),
    POLICY_WITHOUT_EXPIRATION("InvalidPolicyDocument", "0006-00000208", 400, "Invalid Policy: it has no expiration."),
    POLICY_WITHOUT_BOTH(
            "InvalidPolicyDocument", "0006-00000209", 400, "Invalid Policy: it has no expiration and no conditions."),
    POLICY_EXPIRATION_NO_TEXT(
            "InvalidPolicyDocument", "0006-00000210", 400, "Invalid Policy: expiration is not a string."),
    POLICY_EXPIRATION_EMPTY("InvalidPolicyDocument", "0006-00000211", 400, "Invalid Policy: expiration is empty."),
    POLICY_EXPIRATION_NO_MOMENT(
            "InvalidPolicyDocument",
            "0006-00000212",
            400,
            "Invalid Policy: expiration is not a moment in UTC, as 2026-11-22T03:00:00.000Z."),
    POLICY_EXPIRED("AccessDenied", "0006-00000213", 403, "Invalid according to Policy: Policy expired."),
    POLICY_CONDITIONS_EMPTY("InvalidPolicyDocument", "0006-00000215", 400, "Invalid Policy: conditions is empty."),
    POLICY_MATCHING_MODE("InvalidPolicyDocument", "0006-00000216", 400, "Invalid Policy: Invalid Condition."),
    POLICY_RANGE_REVERSED(
            "InvalidPolicyDocument",
            "0006-00000219",
            400,
            "Invalid Policy: content-length-range ends before it begins."),
    POLICY_RANGE(
            "InvalidPolicyDocument",
            "0006-00000221",
            400,
            "Invalid Policy: content-length-range takes two whole numbers of bytes."),
    POLICY_CONDITION_KIND(
            "InvalidPolicyDocument", "0006-00000222", 400, "Invalid Policy: a condition is an object or an array."),
    POLICY_CONDITION_VALUE(
            "InvalidPolicyDocument", "0006-00000224", 400, "Invalid Policy: a condition's value is of the wrong type."),
    POLICY_FIELD_MISSING("AccessDenied", "0006-00000226", 403, "Invalid according to Policy: Policy Condition failed."),
    POLICY_CONDITION_FAILED(
            "AccessDenied", "0006-00000227", 403, "Invalid according to Policy: Policy Condition failed."),
    NUMBER_OF_FILES(
            "IncorrectNumberOfFilesInPOSTRequest", "", 400, "POST requires exactly one file upload per request."),
    INVALID_DIGEST("InvalidDigest", "", 400, "The Content-MD5 you specified was invalid."),
    REQUEST_TIMEOUT(
            "RequestTimeout",
            "",
            400,
            "Your socket connection to the server was not read from or written to within the timeout period."),
    /** An error of Countersign: OSS has none for it, because it limits policies in another way. */
    REQUEST_TOO_COSTLY("RequestTooCostly", "", 400, "Judging this request takes too many steps."),
    MALFORMED_XML(
            "MalformedXML",
            "",
            400,
            "The XML you provided was not well-formed or did not validate against our published schema."),
    FILE_ALREADY_EXISTS(
            "FileAlreadyExists", "", 409, "The object you specified already exists and can not be overwritten."),
    NOT_IMPLEMENTED(
            "NotImplemented", "", 501, "A header or query you provided implies functionality that is not implemented."),
    /** A decision, or the store behind, cannot be had. Nothing may pass then. */
    SERVICE_UNAVAILABLE("ServiceUnavailable", "", 503, "Please reduce your request rate, or try again later."),
    INTERNAL_ERROR("InternalError", "", 500, "We encountered an internal error. Please try again.");

    private final String code;
    private final String ec;
    private final int status;
    private final String message;

    OssError(String code, String ec, int status, String message) {
        this.code = code;
        this.ec = ec;
        this.status = status;
        this.message = message;
    }

    public String code() {
        return code;
    }

    /** The number of OSS's troubleshooting pages, or empty. */
    public String ec() {
        return ec;
    }

    public int status() {
        return status;
    }

    public String message() {
        return message;
    }
}

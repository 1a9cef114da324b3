package io.countersign.token.sts;

/** Why STS refuses a call (protocol.md 6; help.aliyun.com, STS, error codes). */
enum StsError {
    INVALID_VERSION(400, "InvalidVersion", "Specified parameter Version is not valid."),
    UNKNOWN_ACTION(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."),
    INVALID_FORMAT(400, "InvalidParameter.Format", "Specified parameter Format is not valid."),
    INVALID_PARAMETER(400, "InvalidParameter", "The specified parameter is not valid."),
    UNSUPPORTED_BODY(
            415,
            "UnsupportedMediaType",
            "Send parameters in the query or as a form of the type application/x-www-form-urlencoded."),

    INCOMPLETE_SIGNATURE(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
    INVALID_SIGNATURE_METHOD(400, "InvalidSignatureMethod", "Specified signature method is not valid."),
    INVALID_TIME(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."),
    EXPIRED_TIME(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
    NONCE_USED(400, "SignatureNonceUsed", "Specified signature nonce was used already."),
    SIGNATURE_MISMATCH(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
    KEY_NOT_FOUND(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
    KEY_INACTIVE(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."),
    TOKEN_MALFORMED(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed."),
    TOKEN_EXPIRED(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."),
    TOKEN_MISMATCH(
            400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey."),

    INVALID_ROLE_ARN(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed."),
    INVALID_PROVIDER_ARN(400, "InvalidParameter.OIDCProviderArn", "The parameter OIDCProviderArn is wrongly formed."),
    INVALID_SESSION_NAME(400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed."),
    INVALID_DURATION(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr."),
    INVALID_POLICY(400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed grammar check."),
    POLICY_TOO_LONG(400, "InvalidParameter.PolicySize", "The size of Policy must not be larger than 2048 characters."),
    INVALID_EXTERNAL_ID(400, "InvalidParameter.ExternalId", "The parameter ExternalId is wrongly formed."),
    INVALID_OIDC_TOKEN(400, "InvalidParameter.OIDCToken", "The parameter OIDCToken must have 4 to 20000 characters."),

    NO_PERMISSION(403, "NoPermission", "You are not authorized to do this action. You should be authorized by RAM."),
    NO_SUCH_ROLE(404, "EntityNotExist.Role", "The specified Role not exists."),
    OIDC_TOKEN_EXPIRED(401, "AuthenticationFail.OIDCToken.Expired", "This JsonWebToken is expired."),
    OIDC_TOKEN_INVALID(401, "AuthenticationFail.OIDCToken.Invalid", "This JsonWebToken is invalid."),
    OIDC_TOKEN_SIGNATURE(
            401, "AuthenticationFail.OIDCToken.InvalidSignature", "The signature of this JsonWebToken is invalid."),
    OIDC_TOKEN_AUDIENCE(
            401,
            "AuthenticationFail.OIDCToken.AudienceNotMatch",
            "The issuer and audience of this JsonWebToken do not match the OIDC provider."),

    UNAVAILABLE(503, "ServiceUnavailable", "The service is not available. Try again in a moment.");

    private final int status;
    private final String code;
    private final String message;

    StsError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** What it says when nothing more is known. */
    String message() {
        return message;
    }
}

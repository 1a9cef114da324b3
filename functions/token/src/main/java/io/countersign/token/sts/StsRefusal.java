package io.countersign.token.sts;

import io.countersign.http.Header;
import io.countersign.identity.CallerRefusal;
import java.util.List;

/** A call is refused with an error of STS. The message is for the client: it never contains a secret or a token. */
final class StsRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;
    private final transient List<Header> headers;

    private StsRefusal(int status, String code, String text) {
        this(status, code, text, List.of());
    }

    private StsRefusal(int status, String code, String text, List<Header> headers) {
        super(code + ": " + text, null, false, false);
        this.headers = headers;
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** A refusal with the message of the catalogue. */
    StsRefusal(Code code) {
        this(code, code.message());
    }

    /** A refusal with a message about this call. */
    StsRefusal(Code code, String text) {
        this(code.status(), code.text(), text);
    }

    /** A parameter that every call needs is missing: {@code MissingVersion}. */
    static StsRefusal missing(String name) {
        return new StsRefusal(400, "Missing" + name, name + " is mandatory for this action.");
    }

    /** A parameter of the action is missing: {@code MissingParameter.RoleArn}. */
    static StsRefusal missingParameter(String name) {
        return new StsRefusal(400, "MissingParameter." + name, "Parameter " + name + " is required.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The message without the code. */
    String text() {
        return text;
    }

    /** {@code Retry-After}, where there is a time to wait. */
    List<Header> headers() {
        return headers;
    }

    /** The errors of STS (docs/protocol.md 6; help.aliyun.com, STS, error codes). */
    enum Code {
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
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
                "Specified SecurityToken mismatch with the AccessKey."),

        INVALID_ROLE_ARN(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed."),
        INVALID_PROVIDER_ARN(
                400, "InvalidParameter.OIDCProviderArn", "The parameter OIDCProviderArn is wrongly formed."),
        INVALID_SESSION_NAME(
                400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed."),
        INVALID_DURATION(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr."),
        INVALID_POLICY(400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed grammar check."),
        POLICY_TOO_LONG(
                400, "InvalidParameter.PolicySize", "The size of Policy must not be larger than 2048 characters."),
        INVALID_EXTERNAL_ID(400, "InvalidParameter.ExternalId", "The parameter ExternalId is wrongly formed."),
        INVALID_OIDC_TOKEN(
                400, "InvalidParameter.OIDCToken", "The parameter OIDCToken must have 4 to 20000 characters."),

        NO_PERMISSION(
                403, "NoPermission", "You are not authorized to do this action. You should be authorized by RAM."),
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
        private final String text;
        private final String message;

        Code(int status, String text, String message) {
            this.status = status;
            this.text = text;
            this.message = message;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }

        /** The message of the catalogue. */
        String message() {
            return message;
        }
    }

    /** Translates the refusal of a bearer or a session into an error of STS. */
    static final class Refusals {
        private Refusals() {}

        static StsRefusal of(CallerRefusal refusal) {
            return switch (refusal.code()) {
                case INVALID_TOKEN, TOKEN_NOT_YET_VALID, TOKEN_REVOKED -> translated(Code.OIDC_TOKEN_INVALID, refusal);
                case TOKEN_EXPIRED -> translated(Code.OIDC_TOKEN_EXPIRED, refusal);
                case UNKNOWN_ISSUER, AMBIGUOUS_AUDIENCE -> translated(Code.OIDC_TOKEN_AUDIENCE, refusal);
                case INVALID_SIGNATURE, UNKNOWN_KEY -> translated(Code.OIDC_TOKEN_SIGNATURE, refusal);
                case KEYS_UNAVAILABLE -> translated(Code.UNAVAILABLE, refusal);
                case INVALID_ROLE, ROLE_REQUIRED -> translated(Code.INVALID_ROLE_ARN, refusal);
                case ROLE_NOT_FOUND -> translated(Code.NO_SUCH_ROLE, refusal);
                case NOT_TRUSTED, FACE_NOT_ALLOWED, CLAIM_REFUSED, NO_PERMISSION ->
                    translated(Code.NO_PERMISSION, refusal);
                case INVALID_SESSION_POLICY -> translated(Code.INVALID_POLICY, refusal);
                case SESSION_TOO_LARGE -> translated(Code.POLICY_TOO_LONG, refusal);
                case INVALID_DURATION -> translated(Code.INVALID_DURATION, refusal);
                // The same code as at /token: it is a limit of the role, and not STS's own.
                case TOO_MANY_REQUESTS ->
                    new StsRefusal(refusal.code().status(), refusal.code().text(), refusal.text(), refusal.headers());
            };
        }

        private static StsRefusal translated(Code code, CallerRefusal refusal) {
            return new StsRefusal(code, code.message() + " " + refusal.text());
        }
    }
}

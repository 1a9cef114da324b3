package io.countersign.identity;

/** Why a caller is refused: a code for programs and the HTTP status that goes with it. */
public enum CallerError {
    /** The token is not one that is taken here: its form, its algorithm or a claim. */
    INVALID_TOKEN(401, "InvalidToken"),
    /** The token's signature is not its provider's. */
    INVALID_SIGNATURE(401, "InvalidSignature"),
    TOKEN_EXPIRED(401, "TokenExpired"),
    TOKEN_NOT_YET_VALID(401, "TokenNotYetValid"),
    /** No provider is registered for the token's issuer and audience. */
    UNKNOWN_ISSUER(401, "UnknownIssuer"),
    /** The token's audiences belong to more than one provider. */
    AMBIGUOUS_AUDIENCE(401, "AmbiguousAudience"),
    /** The provider's key set has no key, or more than one, that this token may be checked with. */
    UNKNOWN_KEY(401, "UnknownKey"),
    /** The provider's keys cannot be had at present. */
    KEYS_UNAVAILABLE(503, "KeysUnavailable"),
    /** The role is neither a role's name nor its ARN. */
    INVALID_ROLE(400, "InvalidRole"),
    /** No role was named and the provider has no default. */
    ROLE_REQUIRED(400, "RoleRequired"),
    ROLE_NOT_FOUND(403, "RoleNotFound"),
    /** The role's trust policy does not admit this provider's token. */
    NOT_TRUSTED(403, "NotTrusted"),
    /** A claim that the role's policies use has a value that must not be filled in. */
    CLAIM_REFUSED(403, "ClaimRefused"),
    INVALID_SESSION_POLICY(400, "InvalidSessionPolicy"),
    /** The session is asked for longer than the role's sessions may last, or for less than any may. */
    INVALID_DURATION(400, "InvalidDuration"),
    /** The session's policy and claims do not fit into a security token. */
    SESSION_TOO_LARGE(400, "SessionTooLarge"),
    /** The session would have no permission at all. */
    NO_PERMISSION(403, "NoPermission");

    private final int status;
    private final String code;

    CallerError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** The HTTP status of an answer with this error. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}

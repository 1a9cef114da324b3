package io.countersign.identity;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.identity.limits.LimitExceededException;
import java.util.List;

/** A caller is refused. The message says what to do next; it never repeats the token or the value of a claim. */
public final class CallerRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String text;
    private final transient List<Header> headers;

    public CallerRefusal(Code code, String text) {
        this(code, text, code.headers());
    }

    private CallerRefusal(Code code, String text, List<Header> headers) {
        super(code.text() + ": " + text, null, false, false);
        this.code = code;
        this.text = text;
        this.headers = headers;
    }

    /** The refusal of a session past the role's limit. */
    public static CallerRefusal of(LimitExceededException exceeded) {
        return new CallerRefusal(Code.TOO_MANY_REQUESTS, exceeded.text(), exceeded.headers());
    }

    public Code code() {
        return code;
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    /** The headers that an answer in any form has: {@code Retry-After}, {@code WWW-Authenticate}. */
    public List<Header> headers() {
        return headers;
    }

    /** The refusal as problem+json. */
    public ProblemException.Problem problem() {
        return new ProblemException.Problem(code.status(), code.text(), "The caller is refused", text, headers);
    }

    /** The reason for programs, with its HTTP status. */
    public enum Code {
        /** The form, the algorithm or a claim of the token is not accepted. */
        INVALID_TOKEN(401, "InvalidToken"),
        /** The signature does not verify under the provider's key. */
        INVALID_SIGNATURE(401, "InvalidSignature"),
        TOKEN_EXPIRED(401, "TokenExpired"),
        TOKEN_NOT_YET_VALID(401, "TokenNotYetValid"),
        /** The tokens of its subject were revoked up to a moment, and this one is not younger. */
        TOKEN_REVOKED(401, "TokenRevoked"),
        /** No provider is registered for the token's issuer and audience. */
        UNKNOWN_ISSUER(401, "UnknownIssuer"),
        /** The token's audiences belong to more than one provider. */
        AMBIGUOUS_AUDIENCE(401, "AmbiguousAudience"),
        /** The provider's key set has no key for this token, or more than one. */
        UNKNOWN_KEY(401, "UnknownKey"),
        /** The provider's keys are not available at present. */
        KEYS_UNAVAILABLE(503, "KeysUnavailable"),
        /** The role is neither a role's name nor its ARN. */
        INVALID_ROLE(400, "InvalidRole"),
        /** The call names no role and the provider has no default. */
        ROLE_REQUIRED(400, "RoleRequired"),
        ROLE_NOT_FOUND(403, "RoleNotFound"),
        /** The role's trust policy does not admit the provider's token. */
        NOT_TRUSTED(403, "NotTrusted"),
        /** The role does not list the face that was called. */
        FACE_NOT_ALLOWED(403, "FaceNotAllowed"),
        /** A claim that the role's policies use has a value that cannot be filled in. */
        CLAIM_REFUSED(403, "ClaimRefused"),
        INVALID_SESSION_POLICY(400, "InvalidSessionPolicy"),
        /** The duration is outside the bounds of the role's sessions. */
        INVALID_DURATION(400, "InvalidDuration"),
        /** The policy and the claims of the session do not fit into a security token. */
        SESSION_TOO_LARGE(400, "SessionTooLarge"),
        /** The session would have no permission. */
        NO_PERMISSION(403, "NoPermission"),
        /** The subject has had the sessions that the role's limit gives in a minute. */
        TOO_MANY_REQUESTS(429, LimitExceededException.CODE);

        private final int status;
        private final String text;

        Code(int status, String text) {
            this.status = status;
            this.text = text;
        }

        public int status() {
            return status;
        }

        /** A 401 names the token as the fault (RFC 6750, 3). */
        private List<Header> headers() {
            return status == 401
                    ? List.of(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""))
                    : List.of();
        }

        public String text() {
            return text;
        }
    }
}

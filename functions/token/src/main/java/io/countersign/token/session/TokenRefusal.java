package io.countersign.token.session;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.util.List;

/**
 * {@code /token} makes no session. The message says what to do next; of an answer of Alibaba Cloud's STS it contains the error code only. What is wrong with the
 * caller itself is a {@link io.countersign.identity.CallerRefusal}.
 */
public final class TokenRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String text;

    public TokenRefusal(Code code, String text) {
        super(code.text() + ": " + text, null, false, false);
        this.code = code;
        this.text = text;
    }

    public Code code() {
        return code;
    }

    public ProblemException.Problem problem() {
        List<Header> headers = code == Code.TOO_MANY ? List.of(new Header("Retry-After", "1")) : List.of();
        return new ProblemException.Problem(code.status(), code.text(), "No session is made", text, headers);
    }

    /** The reason for programs, with its HTTP status. */
    public enum Code {
        /** A parameter is unknown, duplicated or malformed. */
        INVALID_PARAMETER(400, "InvalidParameter"),
        /** The call has two tokens. */
        INVALID_TOKEN(400, "InvalidToken"),
        /** The provider does not allow a token in the URL. */
        QUERY_TOKEN_NOT_ALLOWED(401, "QueryTokenNotAllowed"),
        /** A caller cannot narrow a session that Alibaba Cloud's STS makes: the role's own policies are its session policy. */
        POLICY_NOT_TAKEN(400, "PolicyNotTaken"),
        /** The filled policies are longer than STS accepts. */
        POLICY_TOO_LONG(403, "PolicyTooLong"),
        /** The filled policies cannot be written in RAM's grammar. */
        POLICY_INEXPRESSIBLE(403, "PolicyInexpressible"),
        /** The role's signer has no active access key. */
        NO_SIGNER(503, "SignerUnavailable"),
        /** The account would exceed the request rate of STS. */
        TOO_MANY(429, "TooManyRequests"),
        /** STS refuses the call. */
        REFUSED(502, "UpstreamRefused"),
        /** STS does not answer in time. */
        UNAVAILABLE(503, "UpstreamUnavailable"),
        /** The response is not one of STS. */
        UNUSABLE(502, "UpstreamUnusable");

        private final int status;
        private final String text;

        Code(int status, String text) {
            this.status = status;
            this.text = text;
        }

        public int status() {
            return status;
        }

        public String text() {
            return text;
        }
    }
}

package io.countersign.token.upstream;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.util.List;

/** A session could not be had from Alibaba Cloud's STS. The message says what to do next; nothing that STS wrote stands in it but its error code. */
public final class UpstreamRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final UpstreamError error;
    private final String text;

    UpstreamRefusal(UpstreamError error, String text) {
        super(error.code() + ": " + text, null, false, false);
        this.error = error;
        this.text = text;
    }

    UpstreamError error() {
        return error;
    }

    /** The refusal as faces answer it. */
    public ProblemException.Problem problem() {
        List<Header> headers = error == UpstreamError.TOO_MANY ? List.of(new Header("Retry-After", "1")) : List.of();
        return new ProblemException.Problem(error.status(), error.code(), "No session is made", text, headers);
    }

    /** Why a session could not be had from Alibaba Cloud's STS: a code for programs and the status that goes with it. */
    enum UpstreamError {
        /** A caller cannot narrow these sessions: the role's own policies take the place of the session policy. */
        POLICY_NOT_TAKEN(400, "PolicyNotTaken"),
        /** The filled policies are longer than STS takes. */
        POLICY_TOO_LONG(403, "PolicyTooLong"),
        /** The filled policies cannot be written in RAM's grammar. */
        POLICY_INEXPRESSIBLE(403, "PolicyInexpressible"),
        /** The role's signer has no key that may sign. */
        NO_SIGNER(503, "SignerUnavailable"),
        /** More sessions are asked for than STS makes. */
        TOO_MANY(429, "TooManyRequests"),
        /** STS says no. */
        REFUSED(502, "UpstreamRefused"),
        /** STS does not answer, or not in time. */
        UNAVAILABLE(503, "UpstreamUnavailable"),
        /** STS answers with something else than a session. */
        UNUSABLE(502, "UpstreamUnusable");

        private final int status;
        private final String code;

        UpstreamError(int status, String code) {
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }
    }
}

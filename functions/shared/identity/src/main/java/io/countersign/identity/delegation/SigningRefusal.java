package io.countersign.identity.delegation;

import io.countersign.http.ProblemException;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Decision;

/** Something is not signed. The message says what to change; it holds no secret and nothing of anybody's policies. */
public final class SigningRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final SigningError error;
    private final String text;

    public SigningRefusal(SigningError error, String text) {
        super(error.code() + ": " + text, null, false, false);
        this.error = error;
        this.text = text;
    }

    /** What OSS itself would not take is malformed here as well. */
    public static SigningRefusal of(OssRefusal refusal) {
        return new SigningRefusal(SigningError.INVALID_ARGUMENT, refusal.text());
    }

    /** What nobody judges to its end is refused. */
    static SigningRefusal tooCostly() {
        return new SigningRefusal(SigningError.REQUEST_TOO_COSTLY, Decision.TooCostly.ADVICE);
    }

    public SigningError error() {
        return error;
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    /** @param title what did not come about, in a few words */
    public ProblemException.Problem problem(String title) {
        return new ProblemException.Problem(error.status(), error.code(), title, text);
    }

    /** Why something is not signed: a code for programs and the HTTP status that goes with it. */
    public enum SigningError {
        /** What is asked for is malformed. */
        INVALID_ARGUMENT(400, "InvalidArgument"),
        /** It is well-formed, and no operation that is signed for callers, whatever their policies say. The next ones say it of a part of the request. */
        NOT_SIGNABLE(403, "NotSignable"),
        /** A query parameter is not on the list. */
        SUB_RESOURCE_NOT_SIGNABLE(403, "SubResourceNotSignable"),
        /** A header is not on the list. */
        HEADER_NOT_SIGNABLE(403, "HeaderNotSignable"),
        /** A callback, where the operator has not opted in. */
        CALLBACK_NOT_SIGNABLE(403, "CallbackNotSignable"),
        /** A symbolic link, where the operator has not opted in. */
        SYMLINK_NOT_SIGNABLE(403, "SymlinkNotSignable"),
        /** An {@code x-oss-process} with an action that is not on the list. */
        PROCESS_NOT_SIGNABLE(403, "ProcessNotSignable"),
        /** A key with a segment that clients fold. */
        KEY_NOT_SIGNABLE(403, "KeyNotSignable"),
        /** A security token: the signer's key has none. */
        SECURITY_TOKEN_NOT_SIGNABLE(403, "SecurityTokenNotSignable"),
        /** The caller's session may not do it. */
        ACCESS_DENIED(403, "AccessDenied"),
        /** The policies that have a say would take too long to ask. */
        REQUEST_TOO_COSTLY(400, "RequestTooCostly"),
        /** The bucket has no signer, or the signer has no key that may sign. */
        NO_SIGNER(409, "NoSigner");

        private final int status;
        private final String code;

        SigningError(int status, String code) {
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
}

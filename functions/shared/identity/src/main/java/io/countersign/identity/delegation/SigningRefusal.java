package io.countersign.identity.delegation;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.identity.limits.LimitExceededException;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Decision;
import java.util.List;
import java.util.Optional;

/** A request is not signed. The message says what to change; it contains no secret and no text of a policy. */
public final class SigningRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String text;
    private final String rule;
    private final boolean foreign;
    private final transient List<Header> headers;

    public SigningRefusal(Code code, String text) {
        this(code, text, "", false, List.of());
    }

    private SigningRefusal(Code code, String text, String rule, boolean foreign, List<Header> headers) {
        super(code.text() + ": " + text, null, false, false);
        this.code = code;
        this.text = text;
        this.rule = rule;
        this.foreign = foreign;
        this.headers = headers;
    }

    /** The refusal of signatures past the role's limit. */
    static SigningRefusal of(LimitExceededException exceeded) {
        return new SigningRefusal(Code.TOO_MANY_REQUESTS, exceeded.text(), "", false, exceeded.headers());
    }

    /** A copy that names the rule of the decision. */
    SigningRefusal by(Optional<String> decidedBy) {
        return new SigningRefusal(code, text, decidedBy.orElse(""), foreign, headers);
    }

    /** The refusal of a request for a bucket that is not known to belong to the caller's account. It is the same for one that does not exist, so that the caller does not learn who owns it. */
    static SigningRefusal foreign() {
        return new SigningRefusal(
                Code.ACCESS_DENIED,
                "A bucket in the request does not belong to the account of your role; name one that does.",
                "",
                true,
                List.of());
    }

    /** Whether a bucket of the request is not known to belong to the caller's account. */
    boolean isForeign() {
        return foreign;
    }

    /** The statement that refused the request, for logs; empty where no rule applied. */
    public Optional<String> decidedBy() {
        return rule.isEmpty() ? Optional.empty() : Optional.of(rule);
    }

    /** The refusal of a request that OSS itself would refuse as malformed. */
    public static SigningRefusal of(OssRefusal refusal) {
        return new SigningRefusal(Code.INVALID_ARGUMENT, refusal.text());
    }

    /** The refusal of a request whose policies exceed the step budget. */
    static SigningRefusal tooCostly() {
        return new SigningRefusal(Code.REQUEST_TOO_COSTLY, Decision.TooCostly.ADVICE);
    }

    public Code code() {
        return code;
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    /** @param title the failed operation in a few words */
    public ProblemException.Problem problem(String title) {
        return new ProblemException.Problem(code.status(), code.text(), title, text, headers);
    }

    /** The reason for programs, with its HTTP status. */
    public enum Code {
        /** The request is malformed. */
        INVALID_ARGUMENT(400, "InvalidArgument"),
        /** The request is well-formed, but its operation is not signed for any caller. The following codes name the part of the request. */
        NOT_SIGNABLE(403, "NotSignable"),
        /** A query parameter is not in the table. */
        SUB_RESOURCE_NOT_SIGNABLE(403, "SubResourceNotSignable"),
        /** A header is not in the table. */
        HEADER_NOT_SIGNABLE(403, "HeaderNotSignable"),
        /** A callback, without the operator's opt-in. */
        CALLBACK_NOT_SIGNABLE(403, "CallbackNotSignable"),
        /** A symbolic link, without the operator's opt-in. */
        SYMLINK_NOT_SIGNABLE(403, "SymlinkNotSignable"),
        /** An {@code x-oss-process} with an action that is not listed. */
        PROCESS_NOT_SIGNABLE(403, "ProcessNotSignable"),
        /** A key with a segment that clients fold, or that the store behind its bucket may fold. */
        KEY_NOT_SIGNABLE(403, "KeyNotSignable"),
        /** A security token: the signer's key has none. */
        SECURITY_TOKEN_NOT_SIGNABLE(403, "SecurityTokenNotSignable"),
        /** The bucket accepts no signature of this version any longer. */
        SIGNATURE_VERSION_NOT_SIGNABLE(403, "SignatureVersionNotSignable"),
        /** The policies do not allow the request. */
        ACCESS_DENIED(403, "AccessDenied"),
        /** The evaluation of the policies exceeds its budget. */
        REQUEST_TOO_COSTLY(400, "RequestTooCostly"),
        /** The bucket has no signer, or its signer has no active key. */
        NO_SIGNER(409, "NoSigner"),
        /** The subject has had the signatures that the role's limit gives in a minute. */
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

        public String text() {
            return text;
        }
    }
}

package io.countersign.session.signable;

/** Why something is not signed: a code for programs and the HTTP status that goes with it. */
public enum SigningError {
    /** What is asked for is malformed. */
    INVALID_ARGUMENT(400, "InvalidArgument"),
    /** It is well-formed, and not on the list of what is signed for callers, whatever their policies say. */
    NOT_SIGNABLE(403, "NotSignable"),
    /** The caller's session may not do it. */
    ACCESS_DENIED(403, "AccessDenied"),
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

package io.countersign.rotate;

/** Signals that the authority over a user's keys did not carry out an action. The message says what the operator can do next; it holds no secret. */
final class AuthorityFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final boolean passing;

    private AuthorityFailure(String code, String reason, boolean passing) {
        super(code + ": " + reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.passing = passing;
    }

    /** A failure that lasts until the operator changes something. */
    static AuthorityFailure lasting(String code, String reason) {
        return new AuthorityFailure(code, reason, false);
    }

    /** A transient failure, after which a retry may succeed. */
    static AuthorityFailure passing(String code, String reason) {
        return new AuthorityFailure(code, reason, true);
    }

    /** The code for programs, in CamelCase. */
    String code() {
        return code;
    }

    String reason() {
        return reason;
    }

    boolean isTransient() {
        return passing;
    }
}

package io.countersign.rotate;

/** The authority over a user's keys did not do what it was asked. The message says what the operator does next, and holds no secret. */
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

    /** Nothing but a change by the operator mends it. */
    static AuthorityFailure lasting(String code, String reason) {
        return new AuthorityFailure(code, reason, false);
    }

    /** Time may mend it. */
    static AuthorityFailure passing(String code, String reason) {
        return new AuthorityFailure(code, reason, true);
    }

    /** What programs look at, in CamelCase. */
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

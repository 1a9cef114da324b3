package io.countersign.rotate;

/** The authority over a user's keys did not do what it was asked. The message says what the operator does next, and holds no secret. */
final class AuthorityFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    AuthorityFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}

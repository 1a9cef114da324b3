package io.countersign.identity.delegation;

import io.countersign.http.Problem;
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
    public Problem problem(String title) {
        return new Problem(error.status(), error.code(), title, text);
    }
}

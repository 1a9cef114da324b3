package io.countersign.identity.limits;

import io.countersign.http.Header;
import java.util.List;

/** A subject has had what its role's limit gives in a minute. Nothing of the call was counted. */
public final class LimitExceededException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code of the refusal at every endpoint, with the HTTP status 429. */
    public static final String CODE = "TooManyRequests";

    private final int retryAfter;

    /** @param advice what to do next, without names */
    LimitExceededException(String advice, int retryAfter) {
        super(advice, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** What to do next. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The whole seconds after which the same call fits, if the subject makes no other in between; from 1 to 70. */
    public int retryAfter() {
        return retryAfter;
    }

    /** {@code Retry-After}. */
    public List<Header> headers() {
        return List.of(new Header("Retry-After", Integer.toString(retryAfter)));
    }
}

package io.countersign.identity;

import io.countersign.http.Header;
import io.countersign.http.Problem;
import java.util.List;

/** A caller was refused. The message says what to do next; it never repeats the token or a claim's value. */
public final class CallerRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final CallerError error;
    private final String text;

    public CallerRefusal(CallerError error, String text) {
        super(error.code() + ": " + text, null, false, false);
        this.error = error;
        this.text = text;
    }

    public CallerError error() {
        return error;
    }

    /** The HTTP status of an answer. */
    public int status() {
        return error.status();
    }

    public String code() {
        return error.code();
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    /** The refusal as the faces that speak problem+json answer it; a 401 says that the token is at fault (RFC 6750, 3). */
    public Problem problem() {
        List<Header> headers =
                status() == 401 ? List.of(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\"")) : List.of();
        return new Problem(status(), code(), "The caller is not taken", text, headers);
    }
}

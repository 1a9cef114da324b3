package io.countersign.token.upstream;

import io.countersign.http.Header;
import io.countersign.http.Problem;
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
    public Problem problem() {
        List<Header> headers = error == UpstreamError.TOO_MANY ? List.of(new Header("Retry-After", "1")) : List.of();
        return new Problem(error.status(), error.code(), "No session is made", text, headers);
    }
}

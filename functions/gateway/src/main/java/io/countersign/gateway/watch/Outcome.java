package io.countersign.gateway.watch;

import io.countersign.http.Reply;

/** How a call ended. The words are those of the Lambdas' logs. */
public enum Outcome {
    /** The endpoint did what it was asked to do; for {@code /verify} and {@code /auth}: the request to storage may pass. */
    ALLOWED("allowed"),
    /** The call was refused, or the request to storage may not pass. */
    REFUSED("refused"),
    /** There was no decision, because this server or a service that it depends on failed. */
    FAILED("failed");

    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Returns the outcome that a reply reports. Some endpoints refuse with status 200, so its code decides. */
    static Outcome of(Reply reply) {
        if (reply.status() >= FIRST_FAILURE) {
            return FAILED;
        }
        return reply.code().isEmpty() && reply.status() < FIRST_REFUSAL ? ALLOWED : REFUSED;
    }
}

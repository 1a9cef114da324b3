package io.countersign.http;

/** How a call ended, in the words of logs and metrics. */
public enum Outcome {
    /** The endpoint did what it was asked to do; for {@code /verify} and {@code /auth}: the request to storage may pass. */
    ALLOWED("allowed"),
    /** The call was refused, or the request to storage may not pass. */
    REFUSED("refused"),
    /** There was no decision, because this server or a service that it depends on failed. */
    FAILED("failed");

    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;
    /** What is asked for is not offered. */
    private static final int NOT_IMPLEMENTED = 501;
    /** The version of HTTP is the caller's choice. */
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Returns how a call ended that was answered with this status. Of the statuses from 500 on, a caller causes 501 and 505 by what it asks for: the server that refuses it is well (RFC 9110, 15.6). */
    static Outcome of(int status) {
        if (status < FIRST_REFUSAL) {
            return ALLOWED;
        }
        return status < FIRST_FAILURE || status == NOT_IMPLEMENTED || status == HTTP_VERSION_NOT_SUPPORTED
                ? REFUSED
                : FAILED;
    }
}

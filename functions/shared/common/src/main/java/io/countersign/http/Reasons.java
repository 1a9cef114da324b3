package io.countersign.http;

/** Texts of failures for log lines, which {@link LogValue} makes safe. */
public final class Reasons {
    private Reasons() {}

    /** Returns the message of the failure, or its class when it has no message. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    /** Returns {@link #of} the failure that caused all others. */
    public static String ofRoot(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return of(cause);
    }
}

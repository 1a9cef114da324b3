package io.countersign.gateway.events;

/** Texts of failures for log lines. */
final class Reasons {
    private Reasons() {}

    /** Returns the message of the failure, or its class when it has no message. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}

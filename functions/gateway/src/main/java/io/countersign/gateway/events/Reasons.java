package io.countersign.gateway.events;

/** What a failure says of itself. */
final class Reasons {
    private Reasons() {}

    /** Its message, or what kind of failure it is where it has none. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}

package io.countersign.registry.store;

/**
 * The store did not answer, or what it answered cannot be used: nothing is known, so nothing may be allowed. The message says what the
 * operator does next and holds no payload.
 */
public sealed class StoreUnavailable extends Exception permits UnreadableRecord, ReadOnlyRegistry {
    private static final long serialVersionUID = 1L;

    private final String message;

    public StoreUnavailable(String message) {
        super(message);
        this.message = message;
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}

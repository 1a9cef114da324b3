package io.countersign.registry.sealing;

/**
 * A sealed text cannot be opened, or the root key is not available. The message says what to do next and contains no
 * secret.
 */
public final class SealingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public SealingException(String message) {
        super(message);
        this.message = message;
    }

    public SealingException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}

package io.countersign.gateway.storage;

/** The storage refused, with OSS's error code. */
public final class RefusedByStorage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code OSS's */
    public RefusedByStorage(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}

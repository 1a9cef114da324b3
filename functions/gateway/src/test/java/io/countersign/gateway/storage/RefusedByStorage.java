package io.countersign.gateway.storage;

/** The storage refused, with OSS's error code. */
final class RefusedByStorage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    RefusedByStorage(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    String code() {
        return code;
    }
}

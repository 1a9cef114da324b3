package io.countersign.gateway.storage;

/** A request that the storage cannot serve though it was allowed. */
final class StorageError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    StorageError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}

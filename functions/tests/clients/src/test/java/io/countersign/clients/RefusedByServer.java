package io.countersign.clients;

/** A server refused, as the client tells it. */
final class RefusedByServer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /** @param status 0 where the client does not tell */
    RefusedByServer(int status, String code, String message) {
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

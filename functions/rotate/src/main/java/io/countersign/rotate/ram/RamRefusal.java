package io.countersign.rotate.ram;

/** RAM did not do what it was asked. The message says what the operator does next; nothing that RAM wrote stands in it but its error code. */
public final class RamRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final RamError error;
    private final String reason;

    RamRefusal(RamError error, String reason) {
        super(error.code() + ": " + reason, null, false, false);
        this.error = error;
        this.reason = reason;
    }

    public RamError error() {
        return error;
    }

    public String reason() {
        return reason;
    }
}

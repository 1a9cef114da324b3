package io.countersign.registry.manifest;

/**
 * The store failed, or others kept changing the same records, after some of the manifest was written. Applying it again goes on from there.
 */
public final class ApplyInterrupted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final transient ApplyReport soFar;

    ApplyInterrupted(ApplyReport soFar, String why, Throwable cause) {
        super(cause);
        this.message = why + "; apply the manifest again to go on";
        this.soFar = soFar;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What was done until then. The keys that were made must be shown all the same; those of a transaction whose fate is unknown are among them. */
    public ApplyReport soFar() {
        return soFar;
    }
}

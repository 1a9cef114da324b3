package io.countersign.registry.manifest;

import io.countersign.json.Value;

/** A manifest does not fit the registry. Nothing was written. The message names the place in the manifest and says what to do. */
public final class ApplyRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    ApplyRefusal(Value.Location at, String problem) {
        super();
        this.message = problem + " (at " + at + ", line " + at.line() + ")";
    }

    @Override
    public String getMessage() {
        return message;
    }

    /**
     * The store failed, or others kept changing the same records, after some of the manifest was written. Applying it again goes on from there.
     */
    public static final class ApplyInterrupted extends Exception {
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
}

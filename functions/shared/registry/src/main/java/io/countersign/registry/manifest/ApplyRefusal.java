package io.countersign.registry.manifest;

import io.countersign.json.Value;

/**
 * The manifest does not fit the registry. Nothing was written. The message names the place in the manifest and says
 * how to correct it.
 */
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
     * The apply ended after a part of the manifest was written, because the store failed or others kept changing the
     * same records. Applying the manifest again continues.
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

        /**
         * The report of the changes so far. The generated keys must be shown; they include those of a transaction
         * whose outcome is unknown.
         */
        public ApplyReport soFar() {
            return soFar;
        }
    }
}

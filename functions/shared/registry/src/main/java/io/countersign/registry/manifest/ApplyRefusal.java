package io.countersign.registry.manifest;

import io.countersign.json.Location;

/** A manifest does not fit the registry. Nothing was written. The message names the place in the manifest and says what to do. */
public final class ApplyRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    ApplyRefusal(Location at, String problem) {
        super();
        this.message = problem + " (at " + at + ", line " + at.line() + ")";
    }

    @Override
    public String getMessage() {
        return message;
    }
}

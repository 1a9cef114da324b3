package io.countersign.lambda;

import java.io.IOException;

/** A Lambda was invoked with something that it does not take. The message names the place, says what belongs there, and repeats no value. */
public final class InvalidEventException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }
}

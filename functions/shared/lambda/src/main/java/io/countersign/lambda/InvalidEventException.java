package io.countersign.lambda;

import io.countersign.json.InvalidDocumentException;
import io.countersign.settings.PropertyValues;
import java.io.IOException;

/** Signals that an event does not have the form that the function takes. The message names the place and the expected form; it repeats no value. */
public final class InvalidEventException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }

    /** With the place and the problem that the reader of a document found. */
    public static InvalidEventException of(InvalidDocumentException e) {
        return new InvalidEventException(e.location() + ": " + e.problem());
    }

    /** Signals that a setting is malformed or missing. The message names the setting; it repeats no value. */
    public static final class MisconfiguredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public MisconfiguredException(PropertyValues.InvalidSettingException reason) {
            super(reason.getMessage(), reason);
        }
    }

    /** Signals that an invocation ends without an answer: the caller lets nothing pass, or tries again. The message holds no secret. */
    public static final class NoDecisionException extends Exception {
        private static final long serialVersionUID = 1L;

        public NoDecisionException(String message) {
            super(message);
        }
    }
}

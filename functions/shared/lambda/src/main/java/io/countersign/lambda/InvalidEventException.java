package io.countersign.lambda;

import io.countersign.settings.PropertyValues;
import java.io.IOException;

/** A Lambda was invoked with something that it does not take. The message names the place, says what belongs there, and repeats no value. */
public final class InvalidEventException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }

    /** The Lambda cannot work as it is set up. The message names the setting and repeats no value. */
    public static final class MisconfiguredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public MisconfiguredException(PropertyValues.InvalidSettingException reason) {
            super(reason.getMessage(), reason);
        }
    }

    /** An invocation ends without an answer, so that whoever asked lets nothing pass, or asks again. The message holds no secret. */
    public static final class NoDecisionException extends Exception {
        private static final long serialVersionUID = 1L;

        public NoDecisionException(String message) {
            super(message);
        }
    }
}

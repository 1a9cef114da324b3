package io.countersign.lambda;

import io.countersign.settings.InvalidSettingException;

/** The Lambda cannot work as it is set up. The message names the setting and repeats no value. */
public final class MisconfiguredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MisconfiguredException(InvalidSettingException reason) {
        super(reason.getMessage(), reason);
    }
}

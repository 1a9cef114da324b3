package io.countersign.settings;

/** A setting was refused. The message names the setting and says what belongs there; it never repeats the value. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param problem says what belongs there */
    public InvalidSettingException(String name, String problem) {
        super(name + ": " + problem);
    }
}

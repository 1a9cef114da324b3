package io.countersign.gateway.decisions;

import java.nio.file.Path;

/** A log cannot be written or read. The message is a sentence without its full stop that says what to do next. */
public class UnusableLogException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableLogException(String sentence) {
        super(sentence);
    }

    /** Another process writes it. */
    public static final class InUse extends UnusableLogException {
        private static final long serialVersionUID = 1L;

        InUse(Path file) {
            super("another process writes the decision log " + file
                    + "; stop it, or give each process a countersign.decisions.file of its own");
        }
    }
}

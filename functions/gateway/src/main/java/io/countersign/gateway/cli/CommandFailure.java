package io.countersign.gateway.cli;

/** A command failed. The message is one line: a code, and a sentence that says what to do next. It contains no secret. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public CommandFailure(String code, String sentence) {
        super(code + ": " + sentence.replaceAll("\\p{Cntrl}+", " "));
        this.code = code;
    }

    public CommandFailure(String code, String sentence, Throwable cause) {
        this(code, sentence);
        initCause(cause);
    }

    /** The code of the failure: {@code InvalidManifest}, {@code PortInUse}. */
    public String code() {
        return code;
    }

    /** The command line is wrong. The message is a sentence that says how to correct it. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String sentence) {
            super(sentence);
        }
    }

    /** The exit codes of the process. */
    public static final class ExitCode {
        public static final int OK = 0;
        /** The command was refused or failed: an invalid manifest, a port in use, a store that does not answer. */
        public static final int REFUSED = 1;
        /** The command line is wrong. */
        public static final int USAGE = 2;

        private ExitCode() {}
    }
}

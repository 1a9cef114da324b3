package io.countersign.gateway.cli;

/** A command could not do what it was asked. The message is a code and a sentence in one line that says what to do next; it holds no secret. */
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

    /** A word for programs: {@code InvalidManifest}, {@code PortInUse}. */
    public String code() {
        return code;
    }

    /** A command line is wrong. The message is a sentence that says what would be right. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String sentence) {
            super(sentence);
        }
    }

    /** How a command ends, for the shell that ran it. */
    public static final class ExitCode {
        public static final int OK = 0;
        /** A bad manifest, a port that is taken, a store that does not answer. */
        public static final int REFUSED = 1;
        /** The command line itself is wrong. */
        public static final int USAGE = 2;

        private ExitCode() {}
    }
}

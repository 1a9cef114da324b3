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
}

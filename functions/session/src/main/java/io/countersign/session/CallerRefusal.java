package io.countersign.session;

/** A caller was refused. The message says what to do next; it never repeats the token or a claim's value. */
public final class CallerRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final CallerError error;
    private final String text;

    public CallerRefusal(CallerError error, String text) {
        super(error.code() + ": " + text, null, false, false);
        this.error = error;
        this.text = text;
    }

    public CallerError error() {
        return error;
    }

    /** The HTTP status of an answer. */
    public int status() {
        return error.status();
    }

    public String code() {
        return error.code();
    }

    /** The message without the code. */
    public String text() {
        return text;
    }
}

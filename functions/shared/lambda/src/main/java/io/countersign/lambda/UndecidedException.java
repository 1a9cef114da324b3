package io.countersign.lambda;

/** An invocation ends without an answer, so that whoever asked lets nothing pass, or asks again. The message holds no secret. */
public final class UndecidedException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecidedException(String message) {
        super(message);
    }
}

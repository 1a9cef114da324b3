package io.countersign.json;

/** A document is refused. The message names the location and the expected value; it never repeats a value of the document. */
public final class InvalidDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Value.Location location;
    private final String problem;

    public InvalidDocumentException(Value.Location location, String problem) {
        super(problem + " (at " + location + ", line " + location.line() + ")");
        this.location = location;
        this.problem = problem;
    }

    public Value.Location location() {
        return location;
    }

    /** The problem without the location. */
    public String problem() {
        return problem;
    }
}

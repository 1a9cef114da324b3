package io.countersign.token.sts;

/** A call refused in STS's own terms. The message is for the client: it never holds a secret or a token. */
final class StsRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    private StsRefusal(int status, String code, String text) {
        super(code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** Refused with the catalogue's own message. */
    StsRefusal(StsError error) {
        this(error, error.message());
    }

    /** Refused with a message that says more about this call than the catalogue's. */
    StsRefusal(StsError error, String text) {
        this(error.status(), error.code(), text);
    }

    /** One of the parameters that every call has is not there: {@code MissingVersion}. */
    static StsRefusal missing(String name) {
        return new StsRefusal(400, "Missing" + name, name + " is mandatory for this action.");
    }

    /** One of an action's own parameters is not there: {@code MissingParameter.RoleArn}. */
    static StsRefusal missingParameter(String name) {
        return new StsRefusal(400, "MissingParameter." + name, "Parameter " + name + " is required.");
    }

    /** The HTTP status of the answer. */
    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The message without the code. */
    String text() {
        return text;
    }
}

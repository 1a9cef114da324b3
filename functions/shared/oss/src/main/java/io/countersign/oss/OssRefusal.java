package io.countersign.oss;

import java.util.Map;

/** A refusal in OSS's terms. The message is for the client and never contains a secret or a token. */
public final class OssRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final OssError error;
    private final String text;
    private final transient ErrorDetails details;

    /** A refusal with the default message of the error. */
    public OssRefusal(OssError error) {
        this(error, error.message());
    }

    /** A refusal with a message that is specific to the request. */
    public OssRefusal(OssError error, String message) {
        this(error, message, Map.of());
    }

    /** @param details further elements of the error document by name, in their order, such as {@code RequestTime} */
    public OssRefusal(OssError error, String message, Map<String, String> details) {
        super(null, null, false, false);
        this.error = error;
        this.text = message;
        this.details = ErrorDetails.of(details);
    }

    /** Written when it is read, which a client's answer does not do. */
    @Override
    public String getMessage() {
        return error.code() + ": " + text;
    }

    public OssError error() {
        return error;
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    public ErrorDetails details() {
        return details;
    }
}

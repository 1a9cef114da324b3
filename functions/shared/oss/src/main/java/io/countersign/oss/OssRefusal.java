package io.countersign.oss;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request refused in OSS's own terms. The message is for the client: it never holds a secret or a token. */
public final class OssRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final OssError error;
    private final String text;
    private final transient Map<String, String> details;

    /** Refused with the catalogue's own message. */
    public OssRefusal(OssError error) {
        this(error, error.message());
    }

    /** Refused with a message that says more about this request than the catalogue's. */
    public OssRefusal(OssError error, String message) {
        this(error, message, Map.of());
    }

    /** @param details further elements of the error document by name, in their order, such as {@code RequestTime} */
    public OssRefusal(OssError error, String message, Map<String, String> details) {
        super(error.code() + ": " + message, null, false, false);
        this.error = error;
        this.text = message;
        this.details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public OssError error() {
        return error;
    }

    /** The message without the code. */
    public String text() {
        return text;
    }

    public Map<String, String> details() {
        return details;
    }
}

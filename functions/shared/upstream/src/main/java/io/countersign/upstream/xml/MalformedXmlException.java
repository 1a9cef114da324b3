package io.countersign.upstream.xml;

/** A text is not XML, or not a document that was asked for. The message says which rule it breaks and quotes nothing. */
public final class MalformedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedXmlException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** A sentence. */
    public String reason() {
        return reason;
    }
}

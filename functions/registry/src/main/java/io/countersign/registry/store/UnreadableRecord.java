package io.countersign.registry.store;

/** The store answered, but one record in it is none of this version of Countersign: what does not rest on that record may go on. */
public final class UnreadableRecord extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.countersign.registry.store;

/** The store answered, but one record in it is damaged, or none of this version of Countersign: what does not rest on that record may go on. */
public final class UnreadableRecord extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String message, Throwable cause) {
        super(message, cause);
    }

    private UnreadableRecord(String message) {
        super(message);
    }

    /** Bytes of the record changed since it was written, or it was moved here from another key. */
    public static UnreadableRecord damaged(ItemKey key) {
        return new UnreadableRecord(
                "the record " + key.partition() + " " + key.sort()
                        + " in the registry does not match its checksum: it was damaged or changed by hand; restore the registry from a copy");
    }
}

package io.countersign.registry.store;

/**
 * The store did not answer, or what it answered cannot be used: nothing is known, so nothing may be allowed. The message says what the
 * operator does next and holds no payload.
 */
public sealed class StoreUnavailable extends Exception
        permits StoreUnavailable.UnreadableRecord, StoreUnavailable.ReadOnlyRegistry {
    private static final long serialVersionUID = 1L;

    private final String message;

    public StoreUnavailable(String message) {
        super(message);
        this.message = message;
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** A write was asked of a registry that was opened to be read alone. It was not made, and trying again makes it neither. */
    public static final class ReadOnlyRegistry extends StoreUnavailable {
        private static final long serialVersionUID = 1L;

        public ReadOnlyRegistry() {
            super(
                    "the registry is open for reading alone (--read-only), and this would write to it; ask a server, or run"
                            + " a command, that may write");
        }
    }

    /** The store answered, but one record in it is damaged, or none of this version of Countersign: what does not rest on that record may go on. */
    public static final class UnreadableRecord extends StoreUnavailable {
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
}

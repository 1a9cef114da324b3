package io.countersign.registry.store;

/**
 * The store did not answer, or its answer cannot be used. The facts are unknown, so nothing may be allowed. The
 * message says what the operator does next and contains no payload.
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

    /**
     * A registry that was opened for reading only refused a write. The write was not made, and a retry will not make
     * it.
     */
    public static final class ReadOnlyRegistry extends StoreUnavailable {
        private static final long serialVersionUID = 1L;

        public ReadOnlyRegistry() {
            super("the registry is open for reading only (--read-only), and this would write to it; use a server or"
                    + " a command that may write");
        }
    }

    /**
     * The store answered with a record that is damaged or cannot be read by this version of Countersign. Work that
     * does not depend on the record may continue.
     */
    public static final class UnreadableRecord extends StoreUnavailable {
        private static final long serialVersionUID = 1L;

        public UnreadableRecord(String message, Throwable cause) {
            super(message, cause);
        }

        private UnreadableRecord(String message) {
            super(message);
        }

        /** The bytes of the record changed since it was written, or it was moved here from another key. */
        public static UnreadableRecord damaged(ItemKey key) {
            return new UnreadableRecord(
                    "the record " + key.partition() + " " + key.sort()
                            + " in the registry does not match its checksum: it was damaged or changed by hand; restore the registry from a copy");
        }
    }
}

package io.countersign.oss;

import java.util.Optional;

/** The access that a bucket or an object grants to everyone (docs/protocol.md 9, ACL). */
public enum Acl {
    /** Objects only: the bucket's ACL decides. */
    DEFAULT("default"),
    PRIVATE("private"),
    PUBLIC_READ("public-read"),
    PUBLIC_READ_WRITE("public-read-write");

    private final String text;

    Acl(String text) {
        this.text = text;
    }

    /** The name on the wire and in manifests. */
    public String text() {
        return text;
    }

    public static Optional<Acl> of(String text) {
        for (Acl acl : values()) {
            if (acl.text.equals(text)) {
                return Optional.of(acl);
            }
        }
        return Optional.empty();
    }

    /** The access that an operation needs from an ACL (docs/protocol.md 9, ACL). */
    public enum Access {
        /** Granted by public-read and public-read-write. */
        READ,
        /** Granted by public-read-write. */
        WRITE,
        /** Granted by no ACL. */
        NONE;

        /**
         * Whether this ACL grants operations of this class to everyone. {@link Acl#DEFAULT} grants nothing itself: use
         * the bucket's ACL.
         */
        public boolean isOpenUnder(Acl acl) {
            return switch (this) {
                case READ -> acl == Acl.PUBLIC_READ || acl == Acl.PUBLIC_READ_WRITE;
                case WRITE -> acl == Acl.PUBLIC_READ_WRITE;
                case NONE -> false;
            };
        }
    }
}

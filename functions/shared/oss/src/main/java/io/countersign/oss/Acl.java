package io.countersign.oss;

import java.util.Optional;

/** What everybody may do with a bucket or an object (protocol.md 9, ACL). */
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

    /** As the wire and the manifest write it. */
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

    /** What an ACL may open to everybody (protocol.md 9, ACL). */
    public enum AclClass {
        /** Open under public-read and public-read-write. */
        READ,
        /** Open under public-read-write. */
        WRITE,
        /** Never opened by an ACL. */
        NONE;

        /** Whether this ACL opens operations of this class. A {@link Acl#DEFAULT} opens nothing itself: the bucket's ACL is to be asked. */
        public boolean isOpenUnder(Acl acl) {
            return switch (this) {
                case READ -> acl == Acl.PUBLIC_READ || acl == Acl.PUBLIC_READ_WRITE;
                case WRITE -> acl == Acl.PUBLIC_READ_WRITE;
                case NONE -> false;
            };
        }
    }
}

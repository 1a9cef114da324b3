package io.countersign.oss;

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

package io.countersign.verify;

import io.countersign.oss.Acl;

/** What the storage must tell the registry once it has carried an allowed request out; until then the registry judges by the ACLs it knows. */
public sealed interface Obligation {
    String bucket();

    /** The object now has this ACL. */
    record SetObjectAcl(String bucket, String key, Acl acl) implements Obligation {}

    /** The object has no ACL of its own any more: it was deleted, or written anew without one. */
    record DropObjectAcl(String bucket, String key) implements Obligation {}

    /** As {@link DropObjectAcl}, for each key that the request's body named and that is now deleted: the request did not tell them. */
    record DropDeletedObjectAcls(String bucket) implements Obligation {}

    /** As {@link DropObjectAcl}, for each object that a process has saved, in this bucket or another, and that the request did not name. */
    record DropSavedObjectAcls(String bucket) implements Obligation {}

    /** One version of the object was given an ACL or was deleted: what is the object's own ACL now is the one of the version that is current, which the storage alone knows. */
    record TellObjectAcl(String bucket, String key, String versionId) implements Obligation {}

    /** The bucket now has this ACL. */
    record SetBucketAcl(String bucket, Acl acl) implements Obligation {}
}

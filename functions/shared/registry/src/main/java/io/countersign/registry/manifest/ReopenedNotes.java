package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.Upstream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notes on what a manifest opens that the registry had closed. The manifest wins, since it says what is to be; an operator who closed something in an incident, or
 * who applies an earlier manifest, must learn that it is open again.
 */
final class ReopenedNotes {
    private ReopenedNotes() {}

    /**
     * The note on an ACL that gives everyone more than the registry's.
     *
     * @param what the bucket or object
     */
    static Optional<PolicyNote> acl(Value.Location at, String what, Acl stored, Acl named) {
        return isWider(named, stored)
                ? Optional.of(new PolicyNote(
                        at,
                        "the ACL of the " + what + " was " + stored.text() + " in the registry and is " + named.text()
                                + " now: the manifest wins over what PutBucketAcl, PutObjectAcl or /acl had set; write"
                                + " acl: "
                                + stored.text() + " here where that is to hold"))
                : Optional.empty();
    }

    /**
     * The note on an object that gets an ACL of its own which gives everyone more than its bucket's did. Whether it had
     * one before, or the manifest names it for the first time, the registry does not tell.
     *
     * @param ofBucket the bucket's in the registry
     */
    static Optional<PolicyNote> objectAcl(Value.Location at, String object, Acl ofBucket, Acl named) {
        return isWider(named, ofBucket)
                ? Optional.of(new PolicyNote(
                        at,
                        "the object " + object
                                + " had no ACL of its own in the registry, so that its bucket's held ("
                                + ofBucket.text()
                                + "), and is " + named.text()
                                + " now: the manifest wins over PutObjectAcl or /acl with default, and over a"
                                + " write or a deletion, which take an object's ACL away; take it out of"
                                + " objectAcls where its bucket's ACL is to hold"))
                : Optional.empty();
    }

    /**
     * The note on an object whose own ACL is removed, so that its bucket's gives everyone more.
     *
     * @param ofBucket the bucket's in the manifest
     */
    static Optional<PolicyNote> removedAcl(Value.Location at, String object, Acl own, Acl ofBucket) {
        return isWider(ofBucket, own)
                ? Optional.of(new PolicyNote(
                        at,
                        "the object " + object + " had an ACL of its own (" + own.text()
                                + "), which is removed, so that its bucket's holds (" + ofBucket.text()
                                + "); name it in objectAcls where its own is to hold"))
                : Optional.empty();
    }

    static PolicyNote key(Value.Location at, String id) {
        return new PolicyNote(
                at,
                "this makes the revoked access key " + id
                        + " Active again, with the sessions that it asked for and that have not expired; write status:"
                        + " Inactive here, or, if it leaked, rotate --compromised "
                        + id + ", which no manifest undoes");
    }

    /** The note on faces that a role gets besides those of the registry. */
    static Optional<PolicyNote> faces(Value.Location at, String role, RoleFaces stored, RoleFaces named) {
        Set<RoleFaces.Face> more = EnumSet.noneOf(RoleFaces.Face.class);
        Arrays.stream(RoleFaces.Face.values())
                .filter(face -> named.include(face) && !stored.include(face))
                .forEach(more::add);
        if (more.isEmpty()) {
            return Optional.empty();
        }
        String sessions = named.makeSessions() && !stored.makeSessions()
                ? ", and its sessions of before that have not expired are good again"
                : "";
        return Optional.of(new PolicyNote(
                at,
                "this opens faces that were closed to the role " + role + " ("
                        + String.join(", ", RoleFaces.texts(more)) + ")" + sessions
                        + "; list in faces only those that it is for"));
    }

    /** The note on a store that is said to keep keys apart which it was not said to before. */
    static Optional<PolicyNote> keys(
            Value.Location at, String bucket, Optional<Upstream> stored, Optional<Upstream> named) {
        boolean opens = stored.filter(before -> before.protocol() == Upstream.Protocol.S3 && !before.flatNamespace())
                        .isPresent()
                && named.filter(Upstream::flatNamespace).isPresent();
        return opens
                ? Optional.of(new PolicyNote(
                        at,
                        "this lets through the keys of the bucket " + bucket
                                + " that a store may fold into others, such as a//b and a/: one over files"
                                + " reads them as a/b and a, past their ACLs and past a Deny; take"
                                + " flatNamespace out unless the store, and every proxy before it, keeps them"
                                + " apart"))
                : Optional.empty();
    }

    private static boolean isWider(Acl one, Acl other) {
        return Arrays.stream(Acl.Access.values())
                .anyMatch(access -> access.isOpenUnder(one) && !access.isOpenUnder(other));
    }
}

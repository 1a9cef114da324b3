package io.countersign.verify.acl;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.Acl;
import io.countersign.registry.Shapes;
import java.util.Optional;

/**
 * What the storage says that it has done.
 *
 * @param key of the object; without one, the ACL is the bucket's
 * @param acl {@link Acl#DEFAULT} for objects only: the object has no ACL of its own any more
 */
record AclNotice(String bucket, Optional<String> key, Acl acl) {
    /** @throws InvalidDocumentException when a member is missing or is not what belongs there; others are the caller's to refuse */
    static AclNotice read(Members members) throws InvalidDocumentException {
        String bucket = members.string("bucket");
        Optional<Value> key = members.optional("key");
        return new AclNotice(
                bucket,
                key.isEmpty() ? Optional.empty() : Optional.of(key(key.get())),
                acl(members.required("acl"), key.isPresent()));
    }

    private static String key(Value value) throws InvalidDocumentException {
        String key = Members.string(value);
        if (!Shapes.isObjectKey(key) || key.indexOf('\0') >= 0) {
            throw new InvalidDocumentException(
                    value.at(), "expected an object's key: 1 to 1,023 bytes of UTF-8 without NUL");
        }
        return key;
    }

    private static Acl acl(Value value, boolean ofObject) throws InvalidDocumentException {
        return Acl.of(Members.string(value))
                .filter(acl -> ofObject || acl != Acl.DEFAULT)
                .orElseThrow(() -> new InvalidDocumentException(
                        value.at(),
                        "expected " + (ofObject ? "default, " : "") + "private, public-read or public-read-write"));
    }

    /** The answer: what stands now. */
    String json() {
        return JsonText.object(
                json -> json.put("bucket", bucket).put("key", key).put("acl", acl.text()));
    }
}

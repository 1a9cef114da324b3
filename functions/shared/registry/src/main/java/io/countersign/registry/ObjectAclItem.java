package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;

/** The stored form of an object's own ACL, in a partition for its bucket. The sort key is the object's key. */
public final class ObjectAclItem {
    /** The largest number of bytes of UTF-8 in an object's key. */
    public static final int MAX_KEY_BYTES = 1_023;

    private ObjectAclItem() {}

    public static ItemKey key(String bucket, String objectKey) {
        return new ItemKey(partition(bucket), objectKey);
    }

    /** The partition that lists the objects of a bucket that have an ACL of their own. */
    public static String partition(String bucket) {
        return "objects/" + bucket;
    }

    /** @param byManifest whether a manifest set it, so that a manifest may remove it */
    public static String text(Acl acl, boolean byManifest) {
        return JsonText.object(json -> json.put("acl", acl.text()).put("byManifest", byManifest));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an ACL */
    public static Acl read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Acl acl = ItemFields.one(members, "acl", Acl::of);
        Members.bool(members.required("byManifest"));
        members.done();
        return acl;
    }

    /** @throws InvalidDocumentException as {@link #read} */
    public static boolean isByManifest(Item item) throws InvalidDocumentException {
        return Members.bool(Members.of(Values.parse(item.payload())).required("byManifest"));
    }
}

package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;

/** The ACL of one object in the table: in a partition for its bucket, the object's key being the sort key. */
public final class ObjectAclItem {
    /** Bytes of UTF-8 in an object's key. */
    public static final int MAX_KEY_BYTES = 1_023;

    private ObjectAclItem() {}

    public static ItemKey key(String bucket, String objectKey) {
        return new ItemKey(partition(bucket), objectKey);
    }

    /** Lists the objects of a bucket that have an ACL of their own. */
    public static String partition(String bucket) {
        return "objects/" + bucket;
    }

    /** @param byManifest whether apply put it there, which may then take it away */
    public static String text(Acl acl, boolean byManifest) {
        return JsonText.object(json -> json.put("acl", acl.text()).put("byManifest", byManifest));
    }

    /** @throws InvalidDocumentException when the payload is no ACL of this version of Countersign */
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

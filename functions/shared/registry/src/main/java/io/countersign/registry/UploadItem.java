package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;

/** The stored form of an upload, in its account's partition. */
public final class UploadItem {
    /** The prefix of the sort keys of uploads. */
    public static final String SORT_PREFIX = "upload/";

    private UploadItem() {}

    public static ItemKey key(String accountId, String name) {
        return new ItemKey(AccountItem.contents(accountId), SORT_PREFIX + name);
    }

    public static String text(Upload upload) {
        return JsonText.object(json -> json.put("account", upload.accountId())
                .put("name", upload.name())
                .put("bucket", upload.bucket())
                .put("role", upload.role())
                .put("key", upload.key().text())
                .put("contentTypes", upload.contentTypes())
                .put("maxBytes", upload.maxBytes())
                .put("as", upload.kind().text())
                .put("partBytes", upload.partBytes())
                .put("expiresIn", upload.expiresIn().toString())
                .put("callback", upload.callback()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an upload */
    public static Upload read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Upload upload = new Upload(
                members.string("account"),
                members.string("name"),
                members.string("bucket"),
                members.string("role"),
                ItemFields.one(members, "key", UploadKey::of),
                ItemFields.strings(members, "contentTypes"),
                Members.integer(members.required("maxBytes"), 1, Long.MAX_VALUE),
                ItemFields.one(members, "as", Upload.Kind::of),
                Members.integer(members.required("partBytes"), Upload.MIN_PART, Upload.MAX_AT_ONCE),
                ItemFields.duration(members, "expiresIn"),
                Members.bool(members.required("callback")));
        members.done();
        return upload;
    }
}

package io.countersign.presign.uploads;

import io.countersign.identity.Caller;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What an {@code uploadId} stands for: a multipart upload that one caller began. It is sealed, so that its caller can neither read nor change it.
 *
 * @param name of the upload in the manifest
 * @param id as {@link NewObject#id}
 * @param storageId the storage's id of the multipart upload
 * @param provider the name of the provider of the account that vouched for the caller
 * @param maxBytes the largest object
 * @param size that was told; empty where none was
 * @param expires in whole seconds: nothing is signed or completed from that moment on
 */
record UploadTicket(
        String name,
        String accountId,
        String id,
        String bucket,
        String key,
        String storageId,
        String provider,
        String subject,
        long maxBytes,
        OptionalLong size,
        Instant expires) {
    private static final long VERSION = 1;
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Whether the caller began this upload. Subjects of two providers are two people. */
    boolean isOf(Caller caller) {
        return accountId.equals(caller.accountId())
                && provider.equals(caller.provider().name())
                && subject.equals(caller.subject());
    }

    /** Whether the key names this upload, so that no other upload writes the same object. */
    boolean isAloneAtItsKey() {
        return key.contains(NewObject.uuid(id));
    }

    /** Without the storage's id. */
    @Override
    public String toString() {
        return "UploadTicket[" + name + ", " + id + "]";
    }

    /** The JSON of the content. Names are short, because they count towards the length of the id. */
    String text() {
        return JsonText.object(json -> {
            json.put("v", VERSION)
                    .put("up", name)
                    .put("acc", accountId)
                    .put("id", id)
                    .put("bkt", bucket)
                    .put("key", key)
                    .put("sid", storageId)
                    .put("idp", provider)
                    .put("sub", subject)
                    .put("max", maxBytes);
            size.ifPresent(told -> json.put("size", told));
            json.put("exp", expires.getEpochSecond());
        });
    }

    /** @throws InvalidDocumentException when the text is not a content of this version */
    static UploadTicket read(byte[] text) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(text));
        Members.integer(members.required("v"), VERSION, VERSION);
        UploadTicket ticket = new UploadTicket(
                members.string("up"),
                members.string("acc"),
                members.string("id"),
                members.string("bkt"),
                members.string("key"),
                members.string("sid"),
                members.string("idp"),
                members.string("sub"),
                Members.integer(members.required("max"), 1, Long.MAX_VALUE),
                members.optionalInteger("size", 1, Long.MAX_VALUE),
                Instant.ofEpochSecond(Members.integer(members.required("exp"), 0, LAST_SECOND)));
        members.done();
        return ticket;
    }
}

package io.countersign.presign.uploads;

import io.countersign.identity.Caller;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.presign.callbacks.AllowedUpload;
import java.util.OptionalLong;

/**
 * What an {@code uploadId} stands for: a multipart upload that one caller began. It is sealed, so that its caller can neither read nor change it.
 *
 * @param upload nothing is signed or completed from its end on
 * @param storageId the storage's id of the multipart upload
 * @param size that was told; empty where none was
 */
record UploadTicket(AllowedUpload upload, String storageId, OptionalLong size) {
    /** Whether the caller began this upload. Subjects of two providers are two people. */
    boolean isOf(Caller caller) {
        return upload.accountId().equals(caller.accountId())
                && upload.provider().equals(caller.provider().name())
                && upload.subject().equals(caller.subject());
    }

    /** Whether the key names this upload, so that no other upload writes the same object. */
    boolean isAloneAtItsKey() {
        return upload.key().contains(NewObject.uuid(upload.id()));
    }

    /** Without the storage's id. */
    @Override
    public String toString() {
        return "UploadTicket[" + upload.upload() + ", " + upload.id() + "]";
    }

    /** The JSON of the content. */
    String text() {
        return JsonText.object(json -> {
            upload.write(json);
            json.put("sid", storageId);
            size.ifPresent(told -> json.put("size", told));
        });
    }

    /** @throws InvalidDocumentException when the text is not a content of this version */
    static UploadTicket read(byte[] text) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(text));
        UploadTicket ticket = new UploadTicket(
                AllowedUpload.read(members), members.string("sid"), members.optionalInteger("size", 1, Long.MAX_VALUE));
        members.done();
        return ticket;
    }
}

package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.http.ProblemException.Problem;
import io.countersign.registry.Upload;

/** The refusals of uploads. */
final class UploadRefusal {
    private static final String TITLE = "The upload is refused";

    private UploadRefusal() {}

    static ProblemException unknownUpload() {
        return refused(
                404,
                "UploadNotFound",
                "The account of your token's provider describes no upload of this name; correct it, or have it added to the manifest.");
    }

    /** The same for every id that its caller may not use, so that nobody learns of the uploads of others. */
    static ProblemException unknownId() {
        return refused(
                404, "UploadIdNotFound", "There is no such upload of yours; begin a new one with POST /uploads/NAME.");
    }

    static ProblemException expired() {
        return refused(403, "UploadExpired", "The time of this upload is over; begin a new one.");
    }

    static ProblemException type(Upload upload) {
        return refused(
                400,
                "ContentTypeNotAllowed",
                "A file of this upload has one of the types " + String.join(", ", upload.contentTypes())
                        + "; send one of them.");
    }

    static ProblemException size(Upload upload) {
        return refused(
                400,
                "FileTooLarge",
                "A file of this upload has from 1 to " + upload.maxBytes() + " bytes; send a file of that size.");
    }

    /** The parts of a file that is too large were thrown away. */
    static ProblemException aborted(long maxBytes) {
        return refused(
                400,
                "FileTooLarge",
                "The parts have more than " + maxBytes + " bytes in all, so they were deleted; send a smaller file.");
    }

    static ProblemException md5NotPut() {
        return refused(400, "DigestNotAllowed", "Only an upload as put is bound to a digest; leave contentMd5 out.");
    }

    static ProblemException notMultipart() {
        return refused(
                409,
                "NotMultipart",
                "The manifest does not describe this upload as multipart; upload the file at once, as by s3/params.");
    }

    static ProblemException incomplete(long there, long size) {
        return refused(
                409,
                "UploadIncomplete",
                "The storage has " + there + " of " + size + " bytes; upload the missing parts and complete then.");
    }

    static ProblemException noParts() {
        return refused(
                409,
                "UploadIncomplete",
                "The storage has no part of this upload; upload the parts and complete then, or begin a new one if this one was aborted.");
    }

    static ProblemException otherPart(int number) {
        return refused(
                409,
                "PartsRefused",
                "The storage has another part " + number + ", or none; upload it again and complete then.");
    }

    static ProblemException parameter(String detail) {
        return refused(400, "InvalidParameter", detail);
    }

    static ProblemException noCallbacks() {
        return refused(
                501,
                "CallbacksNotConfigured",
                "The upload has a callback and this server none; have the operator set countersign.callbacks.url.");
    }

    private static ProblemException refused(int status, String code, String detail) {
        return new ProblemException(new Problem(status, code, TITLE, detail));
    }
}

package io.countersign.presign.uploads;

import io.countersign.http.Header;
import io.countersign.http.Outages;
import io.countersign.http.ProblemException;
import java.util.List;

/** The storage did not do what it was asked. The message is one line for the operator's log, without a signature or a key id. */
final class StorageFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller can do about it. */
    enum Reason {
        /** Nothing came, or nothing that can be read: it may work in a moment. */
        UNAVAILABLE,
        /** The storage was not asked, because too many calls ask it: it may work in a moment. */
        BUSY,
        /** The storage refuses Countersign: the operator has to act. */
        REFUSED,
        /** The storage has no such multipart upload: it is completed, aborted, or removed by a lifecycle rule. */
        NO_SUCH_UPLOAD,
        /** The storage takes other parts than these. */
        PARTS_REFUSED
    }

    private final Reason reason;

    StorageFault(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The storage does not list the upload any longer. */
    static StorageFault ended(String bucket) {
        return new StorageFault(
                Reason.NO_SUCH_UPLOAD, "the storage of the bucket " + bucket + " does not list the upload");
    }

    Reason reason() {
        return reason;
    }

    /** The answer to the caller, which tells nothing of the storage. */
    ProblemException.Problem problem() {
        return switch (reason) {
            case UNAVAILABLE -> {
                Outages.log(this);
                yield new ProblemException.Problem(
                        503,
                        "StorageUnavailable",
                        "The storage did not answer",
                        "Try again in a moment.",
                        List.of(new Header("Retry-After", "1")));
            }
            case BUSY ->
                new ProblemException.Problem(
                        503,
                        "StorageBusy",
                        "Too many calls ask the storage",
                        "Try again in a moment; begin, list, complete and abort fewer uploads at once.",
                        List.of(new Header("Retry-After", "1")));
            case REFUSED -> {
                Outages.log(this);
                yield new ProblemException.Problem(
                        502,
                        "StorageRefused",
                        "The storage refused Countersign",
                        "Have the operator look into Countersign's log; the bucket's signer needs oss:PutObject, oss:ListParts and oss:AbortMultipartUpload.");
            }
            case NO_SUCH_UPLOAD ->
                new ProblemException.Problem(
                        404,
                        "UploadEnded",
                        "The upload has ended",
                        "The specified upload does not exist: it was completed, aborted or removed at the storage; begin a new one if the object is not there.");
            case PARTS_REFUSED ->
                new ProblemException.Problem(
                        409,
                        "PartsRefused",
                        "The storage refused the parts",
                        "A part is missing, was uploaded anew, or is too small; upload it again and complete then.");
        };
    }
}

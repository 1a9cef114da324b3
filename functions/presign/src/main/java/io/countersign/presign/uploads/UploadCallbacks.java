package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.presign.callbacks.CallbackUpload;
import io.countersign.registry.Upload;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** Adds callbacks to the uploads that have one. */
record UploadCallbacks(CallbackParameters parameters) {
    /** @throws ProblemException CallbacksNotConfigured for an upload with a callback, where the server has none */
    void require(Upload upload) throws ProblemException {
        if (upload.callback() && !parameters.isConfigured()) {
            throw UploadRefusal.noCallbacks();
        }
    }

    /** The callback of an object that is written at once. */
    Optional<String> of(UploadSigner.Writing writing, NewObject object, Instant now)
            throws ProblemException, StoreUnavailable {
        Upload upload = writing.upload();
        Caller caller = writing.admitted().bearer().caller();
        return of(
                upload,
                new CallbackUpload(
                        upload.name(),
                        object.id(),
                        caller.accountId(),
                        upload.bucket(),
                        object.key(),
                        caller.subject(),
                        caller.provider().name(),
                        OptionalLong.of(upload.maxBytes()),
                        now.truncatedTo(ChronoUnit.SECONDS).plus(upload.expiresIn())),
                now);
    }

    /** The callback of a multipart upload, which is part of its completion. */
    Optional<String> of(Upload upload, UploadTicket ticket, Instant now) throws ProblemException, StoreUnavailable {
        return of(
                upload,
                new CallbackUpload(
                        ticket.name(),
                        ticket.id(),
                        ticket.accountId(),
                        ticket.bucket(),
                        ticket.key(),
                        ticket.subject(),
                        ticket.provider(),
                        OptionalLong.of(ticket.maxBytes()),
                        ticket.expires()),
                now);
    }

    private Optional<String> of(Upload upload, CallbackUpload written, Instant now)
            throws ProblemException, StoreUnavailable {
        require(upload);
        return upload.callback() ? Optional.of(parameters.of(written, now)) : Optional.empty();
    }
}

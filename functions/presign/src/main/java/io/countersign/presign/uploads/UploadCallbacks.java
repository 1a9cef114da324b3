package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.presign.callbacks.AllowedUpload;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.registry.Upload;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;

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
        return of(writing.upload(), writing.allowed(object, now), now);
    }

    /**
     * The callback of an upload, which for a multipart upload is part of its completion.
     *
     * @param allowed the one of {@code upload}
     */
    Optional<String> of(Upload upload, AllowedUpload allowed, Instant now) throws ProblemException, StoreUnavailable {
        require(upload);
        return upload.callback() ? Optional.of(parameters.of(allowed, now)) : Optional.empty();
    }
}

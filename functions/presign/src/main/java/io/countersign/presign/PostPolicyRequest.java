package io.countersign.presign;

import io.countersign.identity.delegation.SigningTable;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request for an upload form.
 *
 * @param contentTypes the permitted values of the form's {@code content-type}; empty permits any
 * @param successActionStatus the status of OSS's answer to an upload
 * @param version V1 or V4
 */
record PostPolicyRequest(
        SigningTable.UploadPlace place,
        Duration expiresIn,
        LengthRange length,
        List<String> contentTypes,
        Optional<String> successActionStatus,
        SignatureVersion version) {
    PostPolicyRequest {
        contentTypes = List.copyOf(contentTypes);
    }

    /** The permitted size of an uploaded file in bytes, both ends included. */
    record LengthRange(long min, long max) {
        /** The largest file that a form can upload (docs/protocol.md 4). */
        static final long LARGEST = 5L * 1024 * 1024 * 1024;

        static final LengthRange ANY = new LengthRange(0, LARGEST);
    }
}

package io.countersign.presign;

import io.countersign.identity.delegation.SigningTable;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One form that a caller asks for.
 *
 * @param contentTypes what the form's {@code content-type} may be; none: anything
 * @param successActionStatus what OSS is to answer to an upload
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

    /** Bytes that an uploaded file may have, both ends included. */
    record LengthRange(long min, long max) {
        /** The largest file that a form may bring (protocol.md 4). */
        static final long LARGEST = 5L * 1024 * 1024 * 1024;

        static final LengthRange ANY = new LengthRange(0, LARGEST);
    }
}

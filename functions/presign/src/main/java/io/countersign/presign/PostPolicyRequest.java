package io.countersign.presign;

import io.countersign.identity.delegation.SigningTable;
import io.countersign.registry.Upload;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for an upload form.
 *
 * @param contentTypes the permitted values of the form's {@code content-type} and {@code x-oss-content-type}; empty permits any
 * @param successActionStatus the status of OSS's answer to an upload
 * @param version V1 or V4
 * @param fixed further fields of the form with their only permitted values
 */
public record PostPolicyRequest(
        SigningTable.UploadPlace place,
        Duration expiresIn,
        LengthRange length,
        List<String> contentTypes,
        Optional<String> successActionStatus,
        SignatureVersion version,
        Map<String, String> fixed) {
    public PostPolicyRequest {
        contentTypes = List.copyOf(contentTypes);
        fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    }

    /** The permitted size of an uploaded file in bytes, both ends included. */
    public record LengthRange(long min, long max) {
        /** The largest file that a form can upload (docs/protocol.md 4). */
        static final long LARGEST = Upload.MAX_AT_ONCE;

        static final LengthRange ANY = new LengthRange(0, LARGEST);
    }
}

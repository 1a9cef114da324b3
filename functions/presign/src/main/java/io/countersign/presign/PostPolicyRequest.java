package io.countersign.presign;

import io.countersign.identity.delegation.UploadPlace;
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
        UploadPlace place,
        Duration expiresIn,
        LengthRange length,
        List<String> contentTypes,
        Optional<String> successActionStatus,
        SignatureVersion version) {
    PostPolicyRequest {
        contentTypes = List.copyOf(contentTypes);
    }
}

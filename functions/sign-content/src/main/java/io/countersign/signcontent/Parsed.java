package io.countersign.signcontent;

import io.countersign.oss.OssRequest;
import io.countersign.signing.Presented;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a string to sign asks for. It was rebuilt from this and is the same, byte for byte.
 *
 * @param request as far as it is signed; what belongs to the signature itself (dates, credential) is in it
 * @param own the same without what belongs to the signature: what the caller wants
 * @param others further requests that the same string stands for
 * @param presented where the signature goes and what bounds its time; it has no signature yet
 * @param expires when a presigned URL ends
 */
record Parsed(
        OssRequest request,
        OssRequest own,
        List<OssRequest> others,
        Presented.Signed presented,
        Optional<Instant> expires) {
    Parsed {
        others = List.copyOf(others);
    }
}

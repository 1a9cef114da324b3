package io.countersign.upstream;

import io.countersign.http.Bytes;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.registry.Bucket;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that was allowed.
 *
 * @param oss as it was judged. A form that was judged is the PutObject that it stands for
 * @param bucket the bucket of its target
 * @param body the body where {@link BodyUse.Read} says to read it: what was judged, written anew
 * @param contentLength of a streamed body; empty where the client sends it in chunks
 * @param secure whether the client is known to use TLS: URLs in its answers begin so
 */
public record JudgedRequest(
        OssRequest oss,
        Operation operation,
        Bucket bucket,
        Optional<Bytes> body,
        OptionalLong contentLength,
        boolean secure) {}

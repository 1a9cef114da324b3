package io.countersign.presign;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;

/**
 * One URL that a caller asks for.
 *
 * @param headers {@code headers} and, in front of them, {@code contentType} and {@code contentMd5}
 * @param version V1 or V4
 */
record PresignRequest(
        HttpMethod method,
        String bucket,
        String key,
        Duration expiresIn,
        Headers headers,
        QueryParameters query,
        SignatureVersion version) {}

package io.countersign.signing;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * A URL to presign.
 *
 * @param query the caller's own parameters: sub-resources, overrides; none that a signature brings
 * @param headers what the user of the URL will send and must send as it is here. Content-Type, Content-MD5 and x-oss-* are signed by every version,
 *     other headers by V2 and V4 (as additional headers) and not by V1.
 * @param expiresIn whole seconds, at least one; V4 ends at 604,800
 * @param token the session's token when a session's key signs
 * @param region the bucket's region, as V4 needs it ({@code cn-hangzhou}); V1 and V2 do not look at it
 * @param product V4: {@link CredentialScope#OSS}, or a cloud box's
 */
public record UrlToSign(
        SignatureVersion version,
        HttpMethod method,
        Target target,
        QueryParameters query,
        Headers headers,
        Duration expiresIn,
        Optional<SecurityToken> token,
        String region,
        String product) {
    /** A URL for object storage itself, not for a cloud box. */
    public UrlToSign(
            SignatureVersion version,
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            Duration expiresIn,
            Optional<SecurityToken> token,
            String region) {
        this(version, method, target, query, headers, expiresIn, token, region, CredentialScope.OSS);
    }
}

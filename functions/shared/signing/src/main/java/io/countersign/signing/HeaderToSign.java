package io.countersign.signing;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;

/**
 * A request that shall carry its signature in the header.
 *
 * @param headers what will be sent. A date in it ({@code x-oss-date}, else {@code date}) is kept and signed; without one the signer adds it.
 * @param additionalHeaders names to sign besides the usual ones (V2, V4); those that the request lacks or that are signed anyway are passed over
 * @param region V4: the bucket's region; V1 and V2 do not look at it
 * @param product V4: {@link CredentialScope#OSS}, or a cloud box's
 */
public record HeaderToSign(
        SignatureVersion version,
        HttpMethod method,
        Target target,
        QueryParameters query,
        Headers headers,
        List<String> additionalHeaders,
        Optional<SecurityToken> token,
        String region,
        String product) {
    public HeaderToSign {
        additionalHeaders = List.copyOf(additionalHeaders);
    }
}

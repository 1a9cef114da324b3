package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.PercentEncoding;
import io.countersign.registry.Upstream;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.sigv4.SigV4;
import io.countersign.signing.sigv4.SigV4Payload;
import io.countersign.signing.sigv4.SigV4Request;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamSigner;
import java.time.Instant;
import java.util.Optional;

/** Signs by SigV4. A body that is known is signed too; a streamed one is {@code UNSIGNED-PAYLOAD}. */
public final class S3UpstreamSigner implements UpstreamSigner {
    private final SigV4 signer;

    public S3UpstreamSigner(SigningKeys signingKeys) {
        this.signer = new SigV4(signingKeys);
    }

    @Override
    public Headers sign(Translated request, Upstream upstream, AccessKey key, Instant now) {
        String bucket = upstream.bucket();
        Upstream.Endpoint endpoint =
                upstream.pathStyle() ? upstream.endpoint() : upstream.endpoint().ofBucket(bucket);
        String root = upstream.pathStyle() ? "/" + bucket + "/" : "/";
        String path = root + request.key().map(PercentEncoding::encodePath).orElse("");
        SigV4Request whole = new SigV4Request(
                request.method(),
                path,
                request.query(),
                request.headers().and("host", endpoint.authority()),
                payload(request.body()));
        return signer.signed(whole, key, Optional.empty(), upstream.region(), now)
                .without("host");
    }

    private static SigV4Payload payload(UpstreamBody body) {
        return switch (body) {
            case UpstreamBody.None none -> SigV4Payload.of(new byte[0]);
            case UpstreamBody.Streamed streamed -> new SigV4Payload.Unsigned();
            case UpstreamBody.Measured measured -> new SigV4Payload.Unsigned();
            case UpstreamBody.Given(Bytes bytes) -> SigV4Payload.of(bytes.toArray());
        };
    }
}

package io.countersign.upstream.oss;

import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Target;
import io.countersign.registry.Upstream;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.UpstreamSigner;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs by OSS's V4, with UNSIGNED-PAYLOAD. Host and all headers that V4 does not sign by itself are additional ones
 * (docs/protocol.md 3), so that nobody on the way adds a condition or a type.
 */
public final class OssUpstreamSigner implements UpstreamSigner {
    private static final String HOST = "host";

    private final HeaderSigner signer;

    public OssUpstreamSigner(SigningKeys signingKeys) {
        this.signer = new HeaderSigner(signingKeys);
    }

    @Override
    public Headers sign(Translated request, Upstream upstream, AccessKey key, Instant now) throws OssRefusal {
        Headers sent =
                request.headers().and(HOST, UpstreamRequest.endpoint(upstream).authority());
        HeaderSigner.SignedHeaders signed = signer.authorize(
                new HeaderSigner.HeaderToSign(
                        SignatureVersion.V4,
                        request.method(),
                        target(request, upstream),
                        request.query(),
                        sent,
                        sent.fields().stream().map(Headers.HeaderField::name).toList(),
                        Optional.empty(),
                        upstream.region(),
                        CredentialScope.OSS),
                key,
                now);
        Headers all = request.headers();
        for (Headers.HeaderField field : signed.headers().fields()) {
            all = all.and(field.name(), field.value());
        }
        return all;
    }

    private static Target target(Translated request, Upstream upstream) {
        return request.key().isPresent()
                ? Target.object(upstream.bucket(), request.key().get())
                : Target.bucket(upstream.bucket());
    }
}

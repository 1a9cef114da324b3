package io.countersign.lambda.packaged;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests to the storage, signed by the key of the registry's user. */
final class Signed {
    private Signed() {}

    /** The parameters of a presigned GET of that object. */
    static QueryParameters url(SignatureVersion version, String key, QueryParameters query) throws OssRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                version,
                HttpMethod.GET,
                Target.object(CloudRegistry.BUCKET, key),
                query,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        return new UrlSigner(new SigningKeys(1))
                .sign(url, CloudRegistry.APP, Instant.now())
                .query();
    }

    /** All headers of a PUT of that object. */
    static Headers put(SignatureVersion version, String key, Headers headers) throws OssRefusal {
        HeaderSigner.HeaderToSign request = new HeaderSigner.HeaderToSign(
                version,
                HttpMethod.PUT,
                Target.object(CloudRegistry.BUCKET, key),
                QueryParameters.NONE,
                headers,
                List.of(),
                Optional.empty(),
                "cn-hangzhou",
                CredentialScope.OSS);
        Headers added = new HeaderSigner(new SigningKeys(1))
                .authorize(request, CloudRegistry.APP, Instant.now())
                .headers();
        Headers all = headers;
        for (var field : added.fields()) {
            all = all.and(field.name(), field.value());
        }
        return all;
    }
}

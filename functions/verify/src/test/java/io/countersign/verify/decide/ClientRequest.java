package io.countersign.verify.decide;

import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes requests as clients do: path-style on localhost, signed by the signers that the vectors vouch for. */
public record ClientRequest(
        HttpMethod method,
        Target target,
        QueryParameters query,
        Headers headers,
        String region,
        Optional<SecurityToken> token,
        Instant date) {
    private static final SigningKeys KEYS = new SigningKeys(16);

    public static ClientRequest of(HttpMethod method, String bucket, String key) {
        Target target = bucket.isEmpty()
                ? Target.service()
                : key.isEmpty() ? Target.bucket(bucket) : Target.object(bucket, key);
        return new ClientRequest(
                method,
                target,
                QueryParameters.NONE,
                Headers.NONE,
                "cn-hangzhou",
                Optional.empty(),
                SampleRegistry.NOW);
    }

    public static ClientRequest get(String bucket, String key) {
        return of(HttpMethod.GET, bucket, key);
    }

    public static ClientRequest put(String bucket, String key) {
        return of(HttpMethod.PUT, bucket, key);
    }

    public ClientRequest query(String text) {
        try {
            return new ClientRequest(
                    method, target, QueryParameters.parse(text, EncodedText.URL), headers, region, token, date);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    public ClientRequest header(String name, String value) {
        return new ClientRequest(method, target, query, headers.and(name, value), region, token, date);
    }

    public ClientRequest region(String name) {
        return new ClientRequest(method, target, query, headers, name, token, date);
    }

    public ClientRequest token(String text) {
        return new ClientRequest(method, target, query, headers, region, Optional.of(SecurityToken.of(text)), date);
    }

    public ClientRequest date(Instant moment) {
        return new ClientRequest(method, target, query, headers, region, token, moment);
    }

    /** Without a signature. */
    public VerifyRequest anonymous() {
        return request(query.encoded(), headers);
    }

    public VerifyRequest signed(SignatureVersion version, AccessKey key) {
        try {
            HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                    version, method, target, query, headers, List.of(), token, region, CredentialScope.OSS);
            Headers all = headers;
            for (Headers.HeaderField field : new HeaderSigner(KEYS)
                    .authorize(toSign, key, date)
                    .headers()
                    .fields()) {
                all = all.and(field.name(), field.value());
            }
            return request(query.encoded(), all);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    public VerifyRequest presigned(SignatureVersion version, AccessKey key, Duration expiresIn) {
        try {
            UrlSigner.UrlToSign toSign =
                    new UrlSigner.UrlToSign(version, method, target, query, headers, expiresIn, token, region);
            return request(new UrlSigner(KEYS).sign(toSign, key, date).query().encoded(), headers);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    private VerifyRequest request(String rawQuery, Headers sent) {
        String url = "http://localhost" + path() + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
        return VerifyRequests.of(method.name(), url, sent);
    }

    private String path() {
        return switch (target) {
            case Target.Service service -> "/";
            case Target.Bucket bucket -> "/" + bucket.bucket() + "/";
            case Target.ObjectKey object -> "/" + object.bucket() + "/" + PercentEncoding.encodePath(object.key());
        };
    }
}

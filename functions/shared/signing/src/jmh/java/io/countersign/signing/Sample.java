package io.countersign.signing;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The upload that every benchmark signs and checks. */
final class Sample {
    static final String BUCKET = "examplebucket";
    static final String OBJECT = "users/alice/2026/11/22/photo-000123.jpg";
    static final String REGION = "cn-hangzhou";
    static final String CONTENT_TYPE = "image/jpeg";
    static final int EXPIRES_SECONDS = 3600;
    static final AccessKey KEY = new AccessKey("LTAI5tExampleKey01234567", Secret.of("x7Qm2Zk9Lp4Rt8Vb1Ny6Wc3Hd5Jf0S"));
    static final Instant NOW = Instant.parse("2026-11-22T02:52:36Z");

    private static final Target TARGET = Target.object(BUCKET, OBJECT);
    private static final Headers HEADERS = Headers.NONE.and("Content-Type", CONTENT_TYPE);

    private Sample() {}

    /** A signed request and the request that the server sees. */
    record Sent(String url, Headers headers, CanonicalForm form) {}

    static UrlSigner.SignedUrl signUrl(SignatureVersion version, SigningKeys keys) throws OssRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                version,
                HttpMethod.PUT,
                TARGET,
                QueryParameters.NONE,
                HEADERS,
                Duration.ofSeconds(EXPIRES_SECONDS),
                Optional.empty(),
                REGION);
        return new UrlSigner(keys).sign(url, KEY, NOW);
    }

    static HeaderSigner.SignedHeaders signHeader(SignatureVersion version, SigningKeys keys) throws OssRefusal {
        HeaderSigner.HeaderToSign request = new HeaderSigner.HeaderToSign(
                version,
                HttpMethod.PUT,
                TARGET,
                QueryParameters.NONE,
                HEADERS,
                List.of(),
                Optional.empty(),
                REGION,
                CredentialScope.OSS);
        return new HeaderSigner(keys).authorize(request, KEY, NOW);
    }

    static Object sign(SignatureVersion version, Place place, SigningKeys keys) throws OssRefusal {
        return switch (place) {
            case HEADER -> signHeader(version, keys);
            case URL -> signUrl(version, keys);
        };
    }

    static Sent sent(SignatureVersion version, Place place, SigningKeys keys) throws OssRefusal {
        return switch (place) {
            case URL -> {
                UrlSigner.SignedUrl signed = signUrl(version, keys);
                yield new Sent(url(signed.query().encoded()), HEADERS, signed.form());
            }
            case HEADER -> {
                HeaderSigner.SignedHeaders signed = signHeader(version, keys);
                Headers all = HEADERS;
                for (Headers.HeaderField field : signed.headers().fields()) {
                    all = all.and(field.name(), field.value());
                }
                yield new Sent(url(""), all, signed.form());
            }
        };
    }

    static String url(String query) {
        String path = "http://" + BUCKET + ".oss-" + REGION + ".aliyuncs.com/" + OBJECT;
        return query.isEmpty() ? path : path + '?' + query;
    }

    static OssRequest arrived(String url, Headers headers) throws OssRefusal {
        return RequestParser.parse("PUT", url, headers, BaseDomains.DEFAULT, DomainBinding.NONE);
    }

    /** All that a server does about a signature: credentials read, dates checked, signature compared. */
    static SignatureCheck verify(OssRequest request, Instant now, SigningKeys keys) throws OssRefusal {
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
        Validity.check(presented, request, now);
        return new SignatureVerifier(keys).check(presented, request, KEY.secret());
    }

    static void mustMatch(SignatureCheck check) {
        if (!(check instanceof SignatureCheck.Matches)) {
            throw new IllegalStateException("the signature that is measured is wrong");
        }
    }
}

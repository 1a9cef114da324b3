package io.countersign.signing.request;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.v1.V1;
import io.countersign.signing.v2.V2;
import io.countersign.signing.v4.V4;
import io.countersign.signing.v4.V4CredentialReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes presigned URLs. It does not authorize them; the caller does so before. */
public final class UrlSigner {
    /** V1 and V2 write their expiry in at most ten digits. */
    private static final long LAST_MOMENT = 9_999_999_999L;

    /** The most parameters that a signature adds. */
    private static final int PARAMETERS = 7;

    private final SigningKeys signingKeys;

    public UrlSigner(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /**
     * @param now the date of a V4 URL, truncated to whole seconds
     * @throws OssRefusal InvalidArgument when the request contains parts of a signature or control characters in a header, when its expiry is out of range, or when it is
     *     ambiguous under V1 (docs/protocol.md 1.5; the message says to use V4)
     */
    public SignedUrl sign(UrlToSign url, AccessKey key, Instant now) throws OssRefusal {
        RequestGuard.check(url.target(), url.query(), url.headers());
        return switch (url.version()) {
            case V1 -> v1(url, key, now);
            case V2 -> v2(url, key, now);
            case V4 -> v4(url, key, now);
        };
    }

    private SignedUrl v1(UrlToSign url, AccessKey key, Instant now) throws OssRefusal {
        long expires = expires(url.expiresIn(), now);
        List<QueryParameter> query = own(url);
        url.token().ifPresent(token -> query.add(QueryParameter.of("security-token", token.reveal())));
        V1.Signed signed = V1.sign(
                url.method(),
                url.target(),
                new QueryParameters(query),
                url.headers(),
                Long.toString(expires),
                signingKeys.v1(key.secret()));
        query.add(QueryParameter.of("OSSAccessKeyId", key.id()));
        query.add(QueryParameter.of("Expires", Long.toString(expires)));
        query.add(QueryParameter.of("Signature", signed.signature()));
        return new SignedUrl(new QueryParameters(query), Instant.ofEpochSecond(expires), signed.form());
    }

    private SignedUrl v2(UrlToSign url, AccessKey key, Instant now) throws OssRefusal {
        long expires = expires(url.expiresIn(), now);
        List<String> additional = additional(url.headers());
        List<QueryParameter> query = own(url);
        query.add(QueryParameter.of("x-oss-signature-version", "OSS2"));
        query.add(QueryParameter.of("x-oss-access-key-id", key.id()));
        query.add(QueryParameter.of("x-oss-expires", Long.toString(expires)));
        if (!additional.isEmpty()) {
            query.add(QueryParameter.of("x-oss-additional-headers", String.join(";", additional)));
        }
        url.token().ifPresent(token -> query.add(QueryParameter.of("security-token", token.reveal())));
        V2.Signed signed = V2.sign(
                url.method(),
                url.target(),
                new QueryParameters(query),
                url.headers(),
                additional,
                Long.toString(expires),
                signingKeys.v2(key.secret()));
        query.add(QueryParameter.of("x-oss-signature", signed.signature()));
        return new SignedUrl(new QueryParameters(query), Instant.ofEpochSecond(expires), signed.form());
    }

    private SignedUrl v4(UrlToSign url, AccessKey key, Instant now) throws OssRefusal {
        long seconds = wholeSeconds(url.expiresIn());
        if (seconds > V4CredentialReader.MAX_EXPIRES) {
            throw new OssRefusal(OssError.EXPIRES_OUT_OF_RANGE);
        }
        String date = SigningTime.iso(now);
        CredentialScope scope = CredentialScope.of(key, date.substring(0, 8), url.region(), url.product());
        List<String> additional = additional(url.headers());
        List<QueryParameter> query = own(url);
        query.add(QueryParameter.of("x-oss-signature-version", "OSS4-HMAC-SHA256"));
        query.add(QueryParameter.of("x-oss-credential", scope.credential()));
        query.add(QueryParameter.of("x-oss-date", date));
        query.add(QueryParameter.of("x-oss-expires", Long.toString(seconds)));
        if (!additional.isEmpty()) {
            query.add(QueryParameter.of("x-oss-additional-headers", String.join(";", additional)));
        }
        url.token().ifPresent(token -> query.add(QueryParameter.of("x-oss-security-token", token.reveal())));
        V4.Signed signed = V4.sign(
                url.method(),
                url.target(),
                new QueryParameters(query),
                url.headers(),
                new V4.Terms(scope, date, additional, true),
                signingKeys.v4(scope, key.secret()));
        query.add(QueryParameter.of("x-oss-signature", signed.signature()));
        Instant expiration = Instant.ofEpochSecond(now.getEpochSecond() + seconds);
        return new SignedUrl(new QueryParameters(query), expiration, signed.form());
    }

    /** A copy of the caller's parameters, with room for those of the signature. */
    private static List<QueryParameter> own(UrlToSign url) {
        List<QueryParameter> own = new ArrayList<>(url.query().list().size() + PARAMETERS);
        own.addAll(url.query().list());
        return own;
    }

    /** Every header that is not signed by default, so that the signature binds the user of the URL to all of them. */
    private static List<String> additional(Headers headers) {
        TreeSet<String> names = new TreeSet<>();
        for (Headers.HeaderField field : headers.fields()) {
            if (!Names.isSignedByDefault(field.name())) {
                names.add(field.name());
            }
        }
        return names.isEmpty() ? List.of() : List.copyOf(names);
    }

    private static long expires(Duration expiresIn, Instant now) throws OssRefusal {
        long seconds = wholeSeconds(expiresIn);
        if (seconds > LAST_MOMENT - now.getEpochSecond()) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "The URL would expire after the year 2286; ask for less.");
        }
        return now.getEpochSecond() + seconds;
    }

    private static long wholeSeconds(Duration expiresIn) throws OssRefusal {
        if (expiresIn.getSeconds() < 1 || expiresIn.getNano() != 0) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT, "A URL must be valid for a whole number of seconds, at least one.");
        }
        return expiresIn.getSeconds();
    }

    /**
     * A URL to presign.
     *
     * @param query the caller's parameters, such as sub-resources and overrides; none of a signature
     * @param headers the headers that the user of the URL must send unchanged. Every version signs Content-Type, Content-MD5 and x-oss-*; V2 and V4 also sign the other
     *     headers, as additional ones
     * @param expiresIn whole seconds, at least one; at most 604,800 for V4
     * @param token the session's token if the key belongs to a session
     * @param region V4: the bucket's region, such as {@code cn-hangzhou}; V1 and V2 ignore it
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

    /**
     * A presigned URL without its scheme, host and path, which the caller adds.
     *
     * @param query the whole query in wire order, including the signature
     * @param expiration the last moment at which the URL is valid, in whole seconds
     * @param form the redacted stages
     */
    public record SignedUrl(QueryParameters query, Instant expiration, CanonicalForm form) {}
}

package io.countersign.signing.request;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Signs requests in the Authorization header. */
public final class HeaderSigner {
    private final SigningKeys signingKeys;

    public HeaderSigner(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /**
     * @param now the date of the request if its headers have none
     * @throws OssRefusal InvalidArgument as {@link UrlSigner#sign}; {@link OssError#INVALID_DATE} when a date in the headers is malformed
     */
    public SignedHeaders authorize(HeaderToSign request, AccessKey key, Instant now) throws OssRefusal {
        RequestGuard.check(request.target(), request.query(), request.headers());
        return switch (request.version()) {
            case V1 -> v1(request, key, now);
            case V2 -> v2(request, key, now);
            case V4 -> v4(request, key, now);
        };
    }

    private SignedHeaders v1(HeaderToSign request, AccessKey key, Instant now) throws OssRefusal {
        Headers added = withToken(dated(request, "date", SigningTime.rfc1123(now)), request);
        Headers all = merged(request.headers(), added);
        V1.Signed signed = V1.sign(
                request.method(), request.target(), request.query(), all, date(all), signingKeys.v1(key.secret()));
        return signed(added, "OSS " + key.id() + ':' + signed.signature(), signed.form());
    }

    private SignedHeaders v2(HeaderToSign request, AccessKey key, Instant now) throws OssRefusal {
        Headers added = withToken(dated(request, "date", SigningTime.rfc1123(now)), request);
        Headers all = merged(request.headers(), added);
        List<String> additional = additional(request, all);
        V2.Signed signed = V2.sign(
                request.method(),
                request.target(),
                request.query(),
                all,
                additional,
                date(all),
                signingKeys.v2(key.secret()));
        String names = additional.isEmpty() ? "" : ",AdditionalHeaders:" + String.join(";", additional);
        return signed(
                added, "OSS2 AccessKeyId:" + key.id() + names + ",Signature:" + signed.signature(), signed.form());
    }

    private SignedHeaders v4(HeaderToSign request, AccessKey key, Instant now) throws OssRefusal {
        Headers added = withToken(dated(request, "x-oss-date", SigningTime.iso(now)), request);
        if (!request.headers().has("x-oss-content-sha256")) {
            added = added.and("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
        }
        Headers all = merged(request.headers(), added);
        String date = date(all);
        String day = SigningTime.iso(moment(date)).substring(0, 8);
        CredentialScope scope = CredentialScope.of(key, day, request.region(), request.product());
        V4.Signed signed = V4.sign(
                request.method(),
                request.target(),
                request.query(),
                all,
                new V4.Terms(scope, date, additional(request, all), false),
                signingKeys.v4(scope, key.secret()));
        String names =
                signed.additional().isEmpty() ? "" : ",AdditionalHeaders=" + String.join(";", signed.additional());
        String authorization =
                "OSS4-HMAC-SHA256 Credential=" + scope.credential() + names + ",Signature=" + signed.signature();
        return signed(added, authorization, signed.form());
    }

    private static Headers dated(HeaderToSign request, String name, String date) {
        return SigningTime.RequestDate.of(request.headers()).isPresent() ? Headers.NONE : Headers.NONE.and(name, date);
    }

    private static Headers withToken(Headers added, HeaderToSign request) {
        Optional<SecurityToken> token = request.token();
        return token.isEmpty()
                ? added
                : added.and("x-oss-security-token", token.get().reveal());
    }

    private static Headers merged(Headers own, Headers added) {
        List<Headers.HeaderField> all =
                new ArrayList<>(own.fields().size() + added.fields().size());
        all.addAll(own.fields());
        all.addAll(added.fields());
        return new Headers(all);
    }

    /** The signed date, which must be well-formed. */
    private static String date(Headers headers) throws OssRefusal {
        String date = SigningTime.RequestDate.of(headers).orElse("");
        moment(date);
        return date;
    }

    private static Instant moment(String date) throws OssRefusal {
        return SigningTime.parse(date).orElseThrow(() -> new OssRefusal(OssError.INVALID_DATE));
    }

    /** The requested names that the request has and that are not signed by default, sorted. */
    private static List<String> additional(HeaderToSign request, Headers headers) {
        TreeSet<String> names = new TreeSet<>();
        for (String requested : request.additionalHeaders()) {
            String name = Names.lower(requested);
            if (!Names.isSignedByDefault(name) && headers.has(name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static SignedHeaders signed(Headers added, String authorization, CanonicalForm form) {
        return new SignedHeaders(added.and("authorization", authorization), form);
    }

    /**
     * A request to sign in the header.
     *
     * @param headers the headers to send. A date among them ({@code x-oss-date}, else {@code date}) is signed as it is; without one the signer adds it
     * @param additionalHeaders further names to sign (V2, V4); names that the request does not have, or that are signed by default, are ignored
     * @param region V4: the bucket's region; V1 and V2 ignore it
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

    /**
     * The signature of a request in the header.
     *
     * @param headers the headers to add to the request: Authorization, and the date, token and payload headers that it did not have
     * @param form the redacted stages
     */
    public record SignedHeaders(Headers headers, CanonicalForm form) {}
}

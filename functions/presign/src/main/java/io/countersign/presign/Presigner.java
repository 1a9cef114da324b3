package io.countersign.presign;

import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Presigns requests in two steps: {@link #admit} checks a request against the table of signable requests; {@link #sign} builds the URL of a permitted one. */
final class Presigner {
    /** The headers that V1 binds besides x-oss-*. A URL must not require headers that its signature does not bind. */
    private static final Set<String> BOUND_BY_V1 = Set.of("content-type", "content-md5");

    private final SigningTable table;
    private final UrlSigner signer;

    Presigner(SigningKeys signingKeys, PresignSettings settings) {
        this.signer = new UrlSigner(signingKeys);
        this.table = new SigningTable(settings.signing());
    }

    /** @throws SigningRefusal as {@link SigningTable#admit}, and HeaderNotSignable for a header that V1 does not bind */
    SignableRequest admit(PresignRequestReader.PresignRequest request) throws SigningRefusal {
        if (request.key().isEmpty()) {
            throw new SigningRefusal(SigningRefusal.Code.INVALID_ARGUMENT, "The key is empty; name one object.");
        }
        if (request.version() == SignatureVersion.V1) {
            requireBound(request);
        }
        return table.admit(
                request.method(), Target.object(request.bucket(), request.key()), request.query(), request.headers());
    }

    private static void requireBound(PresignRequestReader.PresignRequest request) throws SigningRefusal {
        for (Headers.HeaderField field : request.headers().fields()) {
            if (!field.name().startsWith("x-oss-") && !BOUND_BY_V1.contains(field.name())) {
                throw new SigningRefusal(
                        SigningRefusal.Code.HEADER_NOT_SIGNABLE,
                        "A V1 signature binds only Content-Type, Content-MD5 and x-oss-*; request V4, or remove other headers.");
            }
        }
    }

    /**
     * @param client who asks for the URL; empty for an operator
     * @throws SigningRefusal InvalidArgument when V1 is ambiguous, the URL is too long, or the address that it is for is unknown; NoSigner when no URL can be built from the bucket's
     *     endpoint
     */
    PresignedUrl sign(
            PresignRequestReader.PresignRequest request,
            Bucket bucket,
            AccessKey key,
            Optional<ClientContext> client,
            Instant now)
            throws SigningRefusal {
        String objectUrl = ObjectUrl.of(bucket, request.key())
                .orElseThrow(
                        () -> new SigningRefusal(
                                SigningRefusal.Code.NO_SIGNER,
                                "The bucket's endpoint is not an http or https URL of a host, followed by at most /{bucket} when the host does not contain the bucket; correct it in the registry."));
        UrlSigner.SignedUrl signed = signature(request, bound(request, client), bucket, key, now);
        String url = objectUrl + "?" + signed.query().encoded();
        if (url.length() > RequestParser.MAX_URL) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    "The URL would be longer than " + RequestParser.MAX_URL + " characters; shorten the parameters.");
        }
        return new PresignedUrl(url, request.method(), request.headers(), signed.expiration());
    }

    /** The caller's parameters, and those that bind the URL to an address. */
    private static QueryParameters bound(PresignRequestReader.PresignRequest request, Optional<ClientContext> client)
            throws SigningRefusal {
        if (request.sourceIp().isEmpty()) {
            return request.query();
        }
        List<QueryParameter> query = new ArrayList<>(request.query().list());
        query.addAll(request.sourceIp().get().parameters(client));
        return new QueryParameters(query);
    }

    private UrlSigner.SignedUrl signature(
            PresignRequestReader.PresignRequest request,
            QueryParameters query,
            Bucket bucket,
            AccessKey key,
            Instant now)
            throws SigningRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                request.version(),
                request.method(),
                Target.object(request.bucket(), request.key()),
                query,
                request.headers(),
                request.expiresIn(),
                Optional.empty(),
                bucket.region());
        try {
            return signer.sign(url, key, now);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }
}

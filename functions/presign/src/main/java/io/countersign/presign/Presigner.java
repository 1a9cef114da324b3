package io.countersign.presign;

import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Headers;
import io.countersign.oss.OnceParameter;
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
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Presigns requests in two steps: {@link #admit} checks a request against the table of signable requests; {@link #sign} builds the URL of a permitted one. */
public final class Presigner {
    /** The headers that V1 binds besides x-oss-*. A URL must not require headers that its signature does not bind. */
    private static final Set<String> BOUND_BY_V1 = Set.of("content-type", "content-md5");

    /** Under it are the endpoints of Alibaba Cloud OSS. */
    private static final String OSS_DOMAIN = "aliyuncs.com";

    private final SigningTable table;
    private final UrlSigner signer;
    private final RandomGenerator random;

    /** @param random for the values of URLs that are good once */
    public Presigner(SigningKeys signingKeys, PresignSettings settings, RandomGenerator random) {
        this.random = random;
        this.signer = new UrlSigner(signingKeys);
        this.table = new SigningTable(settings.signing());
    }

    /** @throws SigningRefusal as {@link SigningTable#admit}, and HeaderNotSignable for a header that V1 does not bind */
    public SignableRequest admit(PresignRequestReader.PresignRequest request) throws SigningRefusal {
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
                        "A V1 signature binds only Content-Type, Content-MD5 and x-oss-*; request V4, or remove other"
                                + " headers.");
            }
        }
    }

    /**
     * @param request that its buckets accept ({@link BucketAcceptance})
     * @param client who asks for the URL; empty for an operator
     * @throws SigningRefusal InvalidArgument when V1 is ambiguous, the URL is too long, the address that it is for is unknown, or it is to be good once where nobody would hold it to that; NoSigner when no URL can be built from the bucket's
     *     endpoint
     */
    public PresignedUrl sign(
            PresignRequestReader.PresignRequest request,
            Bucket bucket,
            AccessKey key,
            Optional<ClientContext> client,
            Instant now)
            throws SigningRefusal {
        String objectUrl = ObjectUrl.of(bucket, request.key())
                .orElseThrow(() -> new SigningRefusal(
                        SigningRefusal.Code.NO_SIGNER,
                        "The bucket's endpoint is not an http or https URL of a host, followed by at most"
                                + " /{bucket} when the host does not contain the bucket; correct it in the"
                                + " registry."));
        if (request.once()) {
            requireEnforced(bucket, objectUrl);
        }
        UrlSigner.SignedUrl signed = signature(request, bound(request, client), bucket, key, now);
        String url = objectUrl + "?" + signed.query().encoded();
        if (url.length() > RequestParser.MAX_URL) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    "The URL would be longer than " + RequestParser.MAX_URL + " characters; shorten the parameters.");
        }
        return new PresignedUrl(url, request.method(), request.headers(), signed.expiration());
    }

    /** OSS ignores a parameter that it does not know. */
    private static void requireEnforced(Bucket bucket, String objectUrl) throws SigningRefusal {
        String host = URI.create(objectUrl).getHost().toLowerCase(Locale.ROOT);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (bucket.upstream().isEmpty() && (name.equals(OSS_DOMAIN) || name.endsWith("." + OSS_DOMAIN))) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    "The bucket's endpoint is Alibaba Cloud OSS, where a URL is good until it expires. Leave once out,"
                            + " or give the bucket an upstream and an endpoint that asks Countersign.");
        }
    }

    /** The caller's parameters, and those that bind the URL to an address and to one request. */
    private QueryParameters bound(PresignRequestReader.PresignRequest request, Optional<ClientContext> client)
            throws SigningRefusal {
        if (request.sourceIp().isEmpty() && !request.once()) {
            return request.query();
        }
        List<QueryParameter> query = new ArrayList<>(request.query().list());
        if (request.sourceIp().isPresent()) {
            query.addAll(request.sourceIp().get().parameters(client));
        }
        if (request.once()) {
            query.add(OnceParameter.of(random));
        }
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

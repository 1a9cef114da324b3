package io.countersign.presign;

import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes a URL of a request: first what the table says of it, then, once it is permitted, the signature. */
final class Presigner {
    /** What V1 binds besides x-oss-*: a URL must not promise more than its signature holds. */
    private static final Set<String> BOUND_BY_V1 = Set.of("content-type", "content-md5");

    private final SigningTable table;
    private final UrlSigner signer;

    Presigner(SigningKeys signingKeys, PresignSettings settings) {
        this.signer = new UrlSigner(signingKeys);
        this.table = new SigningTable(settings.signing());
    }

    /** @throws SigningRefusal as {@link SigningTable#admit}, and HeaderNotSignable for what V1 would not bind */
    SignableRequest admit(PresignRequestReader.PresignRequest wanted) throws SigningRefusal {
        if (wanted.key().isEmpty()) {
            throw new SigningRefusal(SigningRefusal.Code.INVALID_ARGUMENT, "The key is empty; name one object.");
        }
        if (wanted.version() == SignatureVersion.V1) {
            requireBound(wanted);
        }
        return table.admit(
                wanted.method(), Target.object(wanted.bucket(), wanted.key()), wanted.query(), wanted.headers());
    }

    private static void requireBound(PresignRequestReader.PresignRequest wanted) throws SigningRefusal {
        for (Headers.HeaderField field : wanted.headers().fields()) {
            if (!field.name().startsWith("x-oss-") && !BOUND_BY_V1.contains(field.name())) {
                throw new SigningRefusal(
                        SigningRefusal.Code.HEADER_NOT_SIGNABLE,
                        "A V1 signature binds Content-Type, Content-MD5 and x-oss-* alone; ask for V4, or leave other headers out.");
            }
        }
    }

    /** @throws SigningRefusal InvalidArgument when V1 could be read in two ways or the URL is too long; NoSigner when the bucket's endpoint makes no URL */
    PresignedUrl sign(PresignRequestReader.PresignRequest wanted, Bucket bucket, AccessKey key, Instant now)
            throws SigningRefusal {
        String objectUrl = ObjectUrl.of(bucket, wanted.key())
                .orElseThrow(
                        () -> new SigningRefusal(
                                SigningRefusal.Code.NO_SIGNER,
                                "The bucket's endpoint is not an http or https URL of a host, with /{bucket} behind it at most where the host has no bucket; correct it in the registry."));
        UrlSigner.SignedUrl signed = signature(wanted, bucket, key, now);
        String url = objectUrl + "?" + signed.query().encoded();
        if (url.length() > RequestParser.MAX_URL) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    "The URL would be longer than " + RequestParser.MAX_URL
                            + " characters; ask for shorter parameters.");
        }
        return new PresignedUrl(url, wanted.method(), wanted.headers(), signed.expiration());
    }

    private UrlSigner.SignedUrl signature(
            PresignRequestReader.PresignRequest wanted, Bucket bucket, AccessKey key, Instant now)
            throws SigningRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                wanted.version(),
                wanted.method(),
                Target.object(wanted.bucket(), wanted.key()),
                wanted.query(),
                wanted.headers(),
                wanted.expiresIn(),
                Optional.empty(),
                bucket.region());
        try {
            return signer.sign(url, key, now);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }
}

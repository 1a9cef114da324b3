package io.countersign.gateway.rotation;

import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A credential of a client. It is valid until it expires, despite rotations, unless the key that it rests on is compromised. */
sealed interface Held {
    /** The object that every client requests. */
    String OBJECT = "users/ada/photo.jpg";

    String REGION = "cn-hangzhou";

    /** The access key that signed it or founded it; none for the session of somebody who logged in. */
    Optional<String> restsOn();

    /** It is good before this moment. */
    Instant until();

    /** The request that a client makes with it now. */
    VerifyRequest request(Instant now);

    /** Signed once: a URL, or a request with its header. */
    record Signed(String keyId, Instant until, VerifyRequest signed) implements Held {
        @Override
        public Optional<String> restsOn() {
            return Optional.of(keyId);
        }

        @Override
        public VerifyRequest request(Instant now) {
            return signed;
        }
    }

    /** Temporary credentials, which sign a new request each time. */
    record Session(Optional<String> restsOn, Instant until, String bucket, AccessKey key, SecurityToken token)
            implements Held {
        @Override
        public VerifyRequest request(Instant now) {
            return presigned(bucket, key, Optional.of(token), now);
        }
    }

    /** A credential that a holder of the key can make. */
    static VerifyRequest presigned(String bucket, AccessKey key, Optional<SecurityToken> token, Instant now) {
        return presigned(bucket, OBJECT, key, token, now);
    }

    /** The same, for another object. */
    static VerifyRequest presigned(
            String bucket, String object, AccessKey key, Optional<SecurityToken> token, Instant now) {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(bucket, object),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(1),
                token,
                REGION);
        try {
            String query = new UrlSigner(new SigningKeys(1))
                    .sign(url, key, now)
                    .query()
                    .encoded();
            return request("GET", url(bucket, object) + "?" + query, Headers.NONE);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    static String url(String bucket) {
        return url(bucket, OBJECT);
    }

    static String url(String bucket, String object) {
        return "https://" + bucket + ".oss-" + REGION + ".aliyuncs.com/" + object;
    }

    static VerifyRequest request(String method, String url, Headers headers) {
        return new VerifyRequest(
                method,
                url,
                headers,
                Optional.of("203.0.113.7"),
                Optional.of(true),
                Optional.empty(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty());
    }
}

package io.countersign.gateway.demo;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Presigned URLs of one key, as an SDK makes them: nobody is asked, so that the storage decides.
 *
 * @param storage the URL of the storage
 * @param token of a session's key
 * @param now the time that the URLs start from; they end after an hour
 */
record DemoUrls(String storage, AccessKey key, Optional<SecurityToken> token, Instant now) {
    private static final Duration LIFE = Duration.ofHours(1);

    /** The URLs of a session that {@code /token} makes for a user who is signed in. */
    static DemoUrls ofSession(String storage, Endpoint endpoint, String idToken, Instant now) {
        Call call = new Call(
                "GET",
                "/token",
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer " + idToken)),
                Bytes.EMPTY,
                "127.0.0.1",
                false);
        Reply reply = endpoint.handle(call, now);
        try {
            Members session = Members.of(Values.parse(reply.body().toArray()));
            AccessKey key = new AccessKey(session.string("AccessKeyId"), Secret.of(session.string("AccessKeySecret")));
            return new DemoUrls(storage, key, Optional.of(SecurityToken.of(session.string("SecurityToken"))), now);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("/token answered the demo with status " + reply.status(), e);
        }
    }

    String object(HttpMethod method, String key) {
        return storage + "/" + DemoManifest.Names.PRIVATE_BUCKET + "/" + PercentEncoding.encodePath(key) + "?"
                + signed(method, Target.object(DemoManifest.Names.PRIVATE_BUCKET, key), QueryParameters.NONE);
    }

    String list(String prefix) {
        QueryParameters query = QueryParameters.NONE.and("prefix", prefix);
        return storage + "/" + DemoManifest.Names.PRIVATE_BUCKET + "/?"
                + signed(HttpMethod.GET, Target.bucket(DemoManifest.Names.PRIVATE_BUCKET), query);
    }

    private String signed(HttpMethod method, Target target, QueryParameters query) {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                method,
                target,
                query,
                Headers.NONE,
                LIFE,
                token,
                DemoManifest.Names.REGION,
                CredentialScope.OSS);
        try {
            return new UrlSigner(new SigningKeys(1)).sign(url, key, now).query().encoded();
        } catch (OssRefusal e) {
            throw new IllegalStateException("a URL of the demo cannot be signed", e);
        }
    }
}

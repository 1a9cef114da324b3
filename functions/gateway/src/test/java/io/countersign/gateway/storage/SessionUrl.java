package io.countersign.gateway.storage;

import io.countersign.json.Members;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** URLs that an app signs with the session that {@code /token} gave it. */
public final class SessionUrl {
    private SessionUrl() {}

    /** @param session the answer of {@code /token} */
    public static String of(Members session, String bucket, String key) throws Exception {
        AccessKey pair = new AccessKey(session.string("AccessKeyId"), Secret.of(session.string("AccessKeySecret")));
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(bucket, key),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(5),
                Optional.of(SecurityToken.of(session.string("SecurityToken"))),
                "cn-hangzhou");
        return "https://" + bucket + ".oss-cn-hangzhou.aliyuncs.com/" + key + "?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, pair, Instant.now())
                        .query()
                        .encoded();
    }
}

package io.countersign.verify.decide;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.AccessKey;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.v1.V1;

/** V1 signatures that Countersign's signers refuse to make, because they match another request too. */
public final class AnyV1 {
    private AnyV1() {}

    public static OssRequest parsed(String method, String url, Headers headers) throws OssRefusal {
        return RequestParser.parse(method, url, headers, BaseDomains.DEFAULT, DomainBinding.NONE);
    }

    public static VerifyRequest signed(String method, String url, AccessKey key) {
        Headers headers = Headers.NONE.and("Date", ByHand.RFC1123);
        try {
            OssRequest request = parsed(method, url, headers.and("Authorization", "OSS " + key.id() + ":c2lnbmF0dXJl"));
            RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
            String stringToSign = SignatureVerifier.form(presented, request).stringToSign();
            return VerifyRequests.of(
                    method,
                    url,
                    headers.and("Authorization", "OSS " + key.id() + ":" + V1.signature(key.secret(), stringToSign)));
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }
}

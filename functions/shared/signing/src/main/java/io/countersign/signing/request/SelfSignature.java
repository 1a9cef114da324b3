package io.countersign.signing.request;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.v1.V1;
import io.countersign.signing.v4.V4;
import java.util.List;

/**
 * The self-signed mode: the client builds the string to sign and the backend signs it (docs/protocol.md 5.3, 5.4). The caller must first parse the string, authorize the
 * request, and compare the string with the one that is rebuilt here from that request.
 */
public final class SelfSignature {
    private SelfSignature() {}

    /**
     * V1's string to sign of a request.
     *
     * @param date the value of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when the key or a parameter contains a separator of V1 (docs/protocol.md 1.5)
     */
    public static String stringToSign(OssRequest request, String date) throws OssRefusal {
        return V1.text(request, date);
    }

    /**
     * V4's canonical request.
     *
     * @param additional the additional headers of the request
     * @param url whether the signature goes into the URL, which fixes the payload line
     */
    public static String canonicalRequest(OssRequest request, List<String> additional, boolean url) {
        return V4.canonicalRequest(request, additional, url);
    }

    /** V4's string to sign; {@code date} is the time as the request contains it. */
    public static String stringToSign(String date, CredentialScope scope, String canonicalRequest) {
        return V4.stringToSign(date, scope, canonicalRequest);
    }

    /** The Authorization header {@code OSS id:signature} over exactly this text in UTF-8. */
    public static String authorization(String stringToSign, AccessKey key) {
        return "OSS " + key.id() + ':' + v1(stringToSign, key);
    }

    /** V1's signature: Base64 of the HMAC-SHA1. */
    public static String v1(String stringToSign, AccessKey key) {
        return V1.signature(key.secret(), stringToSign);
    }

    /** V4's signature: hex of the HMAC-SHA256 under the scope's signing key. */
    public static String v4(String stringToSign, CredentialScope scope, AccessKey key, SigningKeys signingKeys) {
        return V4.signature(signingKeys.v4(scope, key.secret()), stringToSign);
    }
}

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
 * Self-signed mode: the client builds the string to sign, the backend signs it (protocol.md 5.3, 5.4). A signature says nothing about what the string asks for:
 * whoever calls this has parsed and authorised it first, and compared it with what is rebuilt here from that.
 */
public final class SelfSignature {
    private SelfSignature() {}

    /**
     * V1's string to sign of a request.
     *
     * @param date the text of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when it holds what V1 cannot tell from its own separators (protocol.md 1.5)
     */
    public static String stringToSign(OssRequest request, String date) throws OssRefusal {
        return V1.text(request, date);
    }

    /**
     * V4's canonical request.
     *
     * @param additional the additional headers that the request names
     * @param url whether the signature goes into the URL: the payload line is fixed there
     */
    public static String canonicalRequest(OssRequest request, List<String> additional, boolean url) {
        return V4.canonicalRequest(request, additional, url);
    }

    /** V4's string to sign; {@code date} is the moment as the request carries it. */
    public static String stringToSign(String date, CredentialScope scope, String canonicalRequest) {
        return V4.stringToSign(date, scope, canonicalRequest);
    }

    /** {@code OSS id:signature}, the text of an Authorization header, over exactly these characters in UTF-8. */
    public static String authorization(String stringToSign, AccessKey key) {
        return "OSS " + key.id() + ':' + v1(stringToSign, key);
    }

    /** V1's signature alone: Base64 of the HMAC-SHA1. */
    public static String v1(String stringToSign, AccessKey key) {
        return V1.signature(key.secret(), stringToSign);
    }

    /** V4's signature: hex of the HMAC-SHA256 under the scope's signing key. */
    public static String v4(String stringToSign, CredentialScope scope, AccessKey key, SigningKeys signingKeys) {
        return V4.signature(signingKeys.v4(scope, key.secret()), stringToSign);
    }
}

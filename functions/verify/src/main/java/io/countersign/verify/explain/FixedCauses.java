package io.countersign.verify.explain;

import io.countersign.oss.OssError;
import java.util.EnumMap;
import java.util.Map;

/** The sentences that are the same for every request refused with an error. */
final class FixedCauses {
    private static final String UNSIGNED =
            "The request is not signed, and the ACL does not let everybody do this; sign it. If it was signed, its Authorization header or the query of its URL was lost on the way, as by a redirect or a proxy.";

    private FixedCauses() {}

    static Map<OssError, Cause> all() {
        Map<OssError, Cause> causes = new EnumMap<>(OssError.class);
        put(
                causes,
                OssError.TWO_SIGNATURES,
                "TwoSignatures",
                "The request has two signatures, as when an HTTP client adds Authorization to a presigned URL; send one of them: a presigned URL without Authorization, or a signed header without the URL's.");
        put(
                causes,
                OssError.TWO_SECURITY_TOKENS,
                "TwoTokens",
                "The security token is in the header and in the URL; send it where the signature is, and only there.");
        put(
                causes,
                OssError.INVALID_SIGNING_DATE,
                "SigningDate",
                "The day in the credential is not that of x-oss-date; take both from one moment, in UTC.");
        put(
                causes,
                OssError.POLICY_EXPIRED,
                "Expired",
                "The form's policy has expired; get a new form, or one that lives longer.");
        put(
                causes,
                OssError.ACCESS_KEY_DISABLED,
                "AccessKeyInactive",
                "The access key was put out of use; give the client an active one, and ask its owner why.");
        put(
                causes,
                OssError.SECURITY_TOKEN_EXPIRED,
                "TokenExpired",
                "The session has ended; get a new one some minutes before Expiration, with one refresh at a time, and retry with all three of its parts.");
        put(
                causes,
                OssError.SECURITY_TOKEN_NOT_SUPPORTED,
                "TokenWithKey",
                "A security token came with an access key that is no session's; use the AccessKeyId and the secret that came with the token, or leave the token out.");
        put(
                causes,
                OssError.ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH,
                "TokenOfAnotherSession",
                "The access key id and the security token are of two sessions, as when two refreshes race; replace id, secret and token together, from one answer.");
        put(causes, OssError.ACCESS_DENIED_BY_BUCKET_ACL, "NotSigned", UNSIGNED);
        put(causes, OssError.LIST_BUCKETS_FORBIDDEN, "NotSigned", UNSIGNED);
        put(
                causes,
                OssError.BUCKET_NOT_OWNED,
                "OtherAccount",
                "The signature holds, but the bucket belongs to another account, and only its bucket policy could let this identity in; use a key of the bucket's account.");
        return causes;
    }

    private static void put(Map<OssError, Cause> causes, OssError error, String code, String sentence) {
        causes.put(error, new Cause(code, sentence));
    }
}

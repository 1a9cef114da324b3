package io.countersign.signing.post;

import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.v1.V1;
import io.countersign.signing.v4.V4;
import java.util.Optional;

/**
 * Makes and checks the signature field of a POST form. The signature proves that the holder of the secret issued the policy. The caller checks the form against the
 * policy, and the policy's date and expiry. The string to sign is the Base64 text of the policy, byte for byte.
 */
public final class PostSignature {
    private PostSignature() {}

    /** The {@code Signature} field: Base64 of HMAC-SHA1. */
    public static String v1(String policyBase64, Secret secret) {
        return V1.signature(secret, policyBase64);
    }

    public static SignatureCheck checkV1(String policyBase64, String signature, Secret secret) {
        return check(v1(policyBase64, secret), policyBase64, signature);
    }

    /** The {@code x-oss-signature} field: hex of HMAC-SHA256 under the scope's signing key. */
    public static String v4(String policyBase64, CredentialScope scope, Secret secret, SigningKeys keys) {
        return V4.signature(keys.v4(scope, secret), policyBase64);
    }

    public static SignatureCheck checkV4(
            String policyBase64, CredentialScope scope, String signature, Secret secret, SigningKeys keys) {
        return check(v4(policyBase64, scope, secret, keys), policyBase64, signature);
    }

    /** The string to sign of both versions. The Base64 may contain a security token of the policy, so the caller decides whether to show it. */
    public static CanonicalForm form(String policyBase64) {
        return new CanonicalForm(Optional.empty(), policyBase64);
    }

    private static SignatureCheck check(String expected, String policyBase64, String signature) {
        return ConstantTime.equal(expected, signature)
                ? new SignatureCheck.Matches()
                : new SignatureCheck.Mismatch(form(policyBase64));
    }
}

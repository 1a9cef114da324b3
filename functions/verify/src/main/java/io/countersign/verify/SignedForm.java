package io.countersign.verify;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.Optional;

/**
 * The signature in the form of a POST upload (protocol.md 4), parsed and not yet checked.
 *
 * @param policyText the Base64 text that was signed, byte for byte
 * @param policy what that text says
 * @param v4 empty for V1
 */
record SignedForm(
        String accessKeyId,
        String signature,
        Optional<SecurityToken> securityToken,
        String policyText,
        PostPolicy policy,
        Optional<V4> v4) {
    /**
     * What a V4 form says besides.
     *
     * @param date the moment of {@code x-oss-date}
     */
    record V4(CredentialScope scope, Instant date) {}
}

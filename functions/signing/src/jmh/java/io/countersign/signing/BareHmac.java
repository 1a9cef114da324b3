package io.countersign.signing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The measure for the others: what no signature can do without, with the {@link Mac} at hand, its key set, and the bytes written down. */
record BareHmac(SignatureVersion version, Mac mac, byte[] stringToSign) {
    static BareHmac of(SignatureVersion version, SigningKeys keys, String stringToSign)
            throws GeneralSecurityException {
        SecretKeySpec key =
                switch (version) {
                    case V1 -> new SecretKeySpec(secret(), "HmacSHA1");
                    case V2 -> new SecretKeySpec(secret(), "HmacSHA256");
                    case V4 ->
                        keys.key(
                                new CredentialScope(
                                        Sample.KEY.id(), "20261122", Sample.REGION, CredentialScope.OSS),
                                Sample.KEY.secret());
                };
        Mac mac = Mac.getInstance(key.getAlgorithm());
        mac.init(key);
        return new BareHmac(version, mac, stringToSign.getBytes(StandardCharsets.UTF_8));
    }

    byte[] compute() {
        return mac.doFinal(stringToSign);
    }

    /** Fails when the request that was sent does not carry this very HMAC. */
    void mustBe(Sample.Sent sent) {
        String signature =
                switch (version) {
                    case V1, V2 -> Base64.getEncoder().encodeToString(compute());
                    case V4 -> HexFormat.of().formatHex(compute());
                };
        String header = sent.headers().first("authorization").orElse("");
        if (!sent.url().endsWith('=' + URLEncoder.encode(signature, StandardCharsets.UTF_8))
                && !header.endsWith(signature)) {
            throw new IllegalStateException("the HMAC that is measured is not the signature");
        }
    }

    private static byte[] secret() {
        return Sample.KEY.secret().reveal().getBytes(StandardCharsets.UTF_8);
    }
}

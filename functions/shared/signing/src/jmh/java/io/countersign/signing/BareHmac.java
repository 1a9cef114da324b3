package io.countersign.signing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The measure for the others: what no signature can do without, with the {@link Mac} at hand, its key set, and the bytes written down. */
record BareHmac(SignatureVersion version, Mac mac, byte[] stringToSign) {
    static BareHmac of(SignatureVersion version, String stringToSign) throws GeneralSecurityException {
        String algorithm = version == SignatureVersion.V1 ? "HmacSHA1" : "HmacSHA256";
        SecretKeySpec key = new SecretKeySpec(version == SignatureVersion.V4 ? derived() : secret(), algorithm);
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

    private static byte[] derived() throws GeneralSecurityException {
        byte[] key = ("aliyun_v4" + Sample.KEY.secret().reveal()).getBytes(StandardCharsets.UTF_8);
        for (String step : List.of("20261122", Sample.REGION, CredentialScope.OSS, CredentialScope.TERMINATOR)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            key = mac.doFinal(step.getBytes(StandardCharsets.UTF_8));
        }
        return key;
    }

    private static byte[] secret() {
        return Sample.KEY.secret().reveal().getBytes(StandardCharsets.UTF_8);
    }
}

package io.countersign.verify.decide;

import io.countersign.oss.Headers;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SignatureVersion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts that a test writes out itself, with nothing of Countersign's: what a client signed is then beyond doubt. */
public final class ByHand {
    /** {@link SampleRegistry#NOW} in the two ways of writing it. */
    public static final String ISO = "20261122T030000Z";

    public static final String RFC1123 = "Sun, 22 Nov 2026 03:00:00 GMT";
    public static final String SCOPE = "20261122/cn-hangzhou/oss/aliyun_v4_request";

    private ByHand() {}

    /** The Authorization header over a V1 string to sign. */
    public static String v1(AccessKey key, String stringToSign) {
        return "OSS " + key.id() + ":" + v1Signature(key, stringToSign);
    }

    public static String v1Signature(AccessKey key, String stringToSign) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA1", bytes(secret(key)), stringToSign));
    }

    /** The Authorization header over a V4 canonical request. */
    public static String v4(AccessKey key, String date, String canonicalRequest) {
        return "OSS4-HMAC-SHA256 Credential=" + key.id() + "/" + SCOPE + ",Signature="
                + v4Signature(key, date, canonicalRequest);
    }

    public static String v4Signature(AccessKey key, String date, String canonicalRequest) {
        return signature(
                SignatureVersion.V4, key, "OSS4-HMAC-SHA256\n" + date + "\n" + SCOPE + "\n" + sha256(canonicalRequest));
    }

    private static byte[] signingKey(AccessKey key) {
        byte[] signingKey = bytes("aliyun_v4" + secret(key));
        for (String part : SCOPE.split("/")) {
            signingKey = hmac("HmacSHA256", signingKey, part);
        }
        return signingKey;
    }

    /** The signature over a string to sign, as that version writes it. */
    public static String signature(SignatureVersion version, AccessKey key, String stringToSign) {
        return switch (version) {
            case V1 -> v1Signature(key, stringToSign);
            case V2 -> Base64.getEncoder().encodeToString(hmac("HmacSHA256", bytes(secret(key)), stringToSign));
            case V4 -> HexFormat.of().formatHex(hmac("HmacSHA256", signingKey(key), stringToSign));
        };
    }

    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Names and values in turn. */
    public static Headers headers(String... namesAndValues) {
        Headers headers = Headers.NONE;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers = headers.and(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static String secret(AccessKey key) {
        return "secret-of-" + key.id();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

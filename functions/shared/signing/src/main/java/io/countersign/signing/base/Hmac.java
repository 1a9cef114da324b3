package io.countersign.signing.base;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 and HMAC-SHA256. Each call sets its own key, so a reused {@link Mac} never signs with another's. */
public final class Hmac {
    private static final Pool<Mac> SHA1 = new Pool<>(() -> make("HmacSHA1"));
    private static final Pool<Mac> SHA256 = new Pool<>(() -> make("HmacSHA256"));

    private Hmac() {}

    /** A key for {@link #sha1}. */
    public static SecretKeySpec sha1Key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** A key for {@link #sha256}. */
    public static SecretKeySpec sha256Key(byte[] secret) {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    /** A key for {@link #sha256}. */
    public static SecretKeySpec sha256Key(String secret) {
        return sha256Key(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** 20 bytes over the text's UTF-8. */
    public static byte[] sha1(SecretKeySpec key, String text) {
        return mac(SHA1, key, text);
    }

    /** 32 bytes over the text's UTF-8. */
    public static byte[] sha256(SecretKeySpec key, String text) {
        return mac(SHA256, key, text);
    }

    private static byte[] mac(Pool<Mac> pool, SecretKeySpec key, String text) {
        Mac mac = pool.take();
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC takes any key that is not empty", e);
        }
        byte[] bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        pool.giveBack(mac);
        return bytes;
    }

    private static Mac make(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}

package io.countersign.signing.base;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs again and again. It keeps some {@link Mac}s that have taken it in, because taking a key in costs a good part of what a short text does;
 * none of them ever takes another key. It prints nothing: {@code toString} is that of {@link Object}.
 */
public final class HmacKey {
    /** Idle Macs at most: as many as threads sign with one key at one moment, in the main. */
    private static final int IDLE = 8;

    private final SecretKeySpec key;
    private final Pool<Mac> macs = new Pool<>(IDLE, this::make);

    private HmacKey(SecretKeySpec key) {
        this.key = key;
    }

    /** A key for HMAC-SHA1. */
    public static HmacKey sha1(String secret) {
        return new HmacKey(Hmac.sha1Key(secret));
    }

    /** A key for HMAC-SHA256. */
    public static HmacKey sha256(String secret) {
        return new HmacKey(Hmac.sha256Key(secret));
    }

    /** A key for HMAC-SHA256. */
    public static HmacKey sha256(byte[] secret) {
        return new HmacKey(Hmac.sha256Key(secret));
    }

    /** 20 or 32 bytes over the text's UTF-8. */
    public byte[] sign(String text) {
        Mac mac = macs.take();
        byte[] bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        macs.giveBack(mac);
        return bytes;
    }

    private Mac make() {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has " + key.getAlgorithm() + " for any key", e);
        }
    }
}

package io.countersign.signing.base;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 and HMAC-SHA256. Each call sets its key, so a reused {@link Mac} never signs with the key of another call. */
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
            throw new IllegalStateException("HMAC accepts any key that is not empty", e);
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

    /**
     * A key for repeated use. It keeps some {@link Mac}s that are initialized with it, because the initialization costs a good part of signing a short text; they are
     * never initialized with another key. {@code toString} is that of {@link Object} and prints nothing.
     */
    public static final class Key {
        /** The most idle Macs: usually no more threads sign with one key at once. */
        private static final int IDLE = 8;

        private final SecretKeySpec key;
        private final Pool<Mac> macs = new Pool<>(IDLE, this::make);
        private final ReusedText.Use<byte[]> signing = this::sign;

        private Key(SecretKeySpec key) {
            this.key = key;
        }

        /** A key for HMAC-SHA1. */
        public static Key sha1(String secret) {
            return new Key(Hmac.sha1Key(secret));
        }

        /** A key for HMAC-SHA256. */
        public static Key sha256(String secret) {
            return new Key(Hmac.sha256Key(secret));
        }

        /** A key for HMAC-SHA256. */
        public static Key sha256(byte[] secret) {
            return new Key(Hmac.sha256Key(secret));
        }

        /** 20 or 32 bytes over the text's UTF-8. */
        public byte[] sign(String text) {
            Mac mac = macs.take();
            byte[] bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            macs.giveBack(mac);
            return bytes;
        }

        /** As {@link #sign(String)}, for a text that is needed for nothing else. */
        public byte[] sign(Consumer<StringBuilder> text) {
            return ReusedText.utf8(text, signing);
        }

        /** 20 or 32 bytes over the first bytes. */
        public byte[] sign(byte[] text, int length) {
            Mac mac = macs.take();
            mac.update(text, 0, length);
            byte[] bytes = mac.doFinal();
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

    /** SHA-256. */
    public static final class Digests {
        private static final Pool<MessageDigest> SHA256 = new Pool<>(Digests::make);
        private static final HexFormat HEX = HexFormat.of();

        private Digests() {}

        public static byte[] sha256(byte[] bytes) {
            MessageDigest digest = SHA256.take();
            byte[] hash = digest.digest(bytes);
            SHA256.giveBack(digest);
            return hash;
        }

        /** The digest of the UTF-8 bytes of a text that is needed for nothing else. */
        public static byte[] sha256(Consumer<StringBuilder> text) {
            return ReusedText.utf8(text, Digests::sha256);
        }

        /** The digest of the first bytes. */
        public static byte[] sha256(byte[] text, int length) {
            MessageDigest digest = SHA256.take();
            digest.update(text, 0, length);
            byte[] hash = digest.digest();
            SHA256.giveBack(digest);
            return hash;
        }

        /** The digest of the text's UTF-8 bytes in lower-case hex. */
        public static String sha256Hex(String text) {
            return HEX.formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
        }

        /** Appends a digest in lower-case hex, without a string in between. */
        public static void appendHex(byte[] digest, StringBuilder text) {
            for (byte octet : digest) {
                HEX.toHexDigits(text, octet);
            }
        }

        private static MessageDigest make() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }
    }
}

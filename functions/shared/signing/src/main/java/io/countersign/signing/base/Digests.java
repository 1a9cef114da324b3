package io.countersign.signing.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
public final class Digests {
    private static final Pool<MessageDigest> SHA256 = new Pool<>(Digests::make);

    private Digests() {}

    public static byte[] sha256(byte[] bytes) {
        MessageDigest digest = SHA256.take();
        byte[] hash = digest.digest(bytes);
        SHA256.giveBack(digest);
        return hash;
    }

    /** The digest of the text's UTF-8 bytes in lower-case hex. */
    public static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest make() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

package io.countersign.gateway.decisions;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes lines. For one thread. */
final class LineHash {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest;

    LineHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of some bytes, as {@link ChainPosition#hash} has it. */
    String of(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        return HEX.formatHex(digest.digest());
    }
}

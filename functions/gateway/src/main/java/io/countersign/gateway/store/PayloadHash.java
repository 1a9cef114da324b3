package io.countersign.gateway.store;

import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 of a body that its client signed (docs/protocol.md 3, PAYLOAD), and what has come of the body so far. */
final class PayloadHash {
    static final String HEADER = "x-oss-content-sha256";

    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final String expected;
    private final MessageDigest digest;

    private PayloadHash(String expected, MessageDigest digest) {
        this.expected = expected;
        this.digest = digest;
    }

    /**
     * Begins a hash; empty where the client signed none.
     *
     * @throws OssRefusal InvalidArgument when the header is neither a hash nor UNSIGNED-PAYLOAD
     */
    static Optional<PayloadHash> of(Headers headers) throws OssRefusal {
        Optional<String> value = headers.first(HEADER).map(String::strip);
        if (value.isEmpty() || value.get().equals(UNSIGNED)) {
            return Optional.empty();
        }
        if (!HEX.matcher(value.get()).matches()) {
            throw HeadCheck.refused("The header " + HEADER
                    + " is neither UNSIGNED-PAYLOAD nor the SHA-256 of the body in lower-case hexadecimal.");
        }
        return Optional.of(new PayloadHash(value.get(), sha256()));
    }

    void add(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** Whether what was added is the body that the client signed. Ends the hash. */
    boolean matches() {
        return HexFormat.of().formatHex(digest.digest()).equals(expected);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

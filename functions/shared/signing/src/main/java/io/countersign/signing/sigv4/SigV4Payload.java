package io.countersign.signing.sigv4;

import io.countersign.signing.base.Hmac;
import java.util.HexFormat;

/** The payload line of a signature, and the value of {@code x-amz-content-sha256}. */
public sealed interface SigV4Payload {
    /** The body is not signed: it is streamed, and is not known when the head is sent. */
    record Unsigned() implements SigV4Payload {}

    /** @param hex the SHA-256 of the body in lower-case hex */
    record Sha256(String hex) implements SigV4Payload {}

    /** A body that is known, which may be empty. */
    static SigV4Payload of(byte[] body) {
        return new Sha256(HexFormat.of().formatHex(Hmac.Digests.sha256(body)));
    }

    default String text() {
        return switch (this) {
            case Unsigned unsigned -> "UNSIGNED-PAYLOAD";
            case Sha256(String hex) -> hex;
        };
    }
}

package io.countersign.signing.v4;

import io.countersign.oss.Headers;
import io.countersign.signing.base.HeaderLines;

/** The last line of V4's canonical request (protocol.md 3). */
final class Payload {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private Payload() {}

    /** The value of x-oss-content-sha256 in header form; all official clients send the literal {@link #UNSIGNED}. */
    static String ofHeader(Headers headers) {
        return headers.first("x-oss-content-sha256").map(HeaderLines::trim).orElse(UNSIGNED);
    }
}

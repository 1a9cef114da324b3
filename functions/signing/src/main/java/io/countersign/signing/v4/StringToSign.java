package io.countersign.signing.v4;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.base.Digests;

/** V4's string to sign (protocol.md 3): algorithm, moment, scope, hash of the canonical request. */
final class StringToSign {
    static final String ALGORITHM = "OSS4-HMAC-SHA256";

    private StringToSign() {}

    /** @param date the moment as the request carries it */
    static String of(String date, CredentialScope scope, String canonicalRequest) {
        return new StringBuilder(192)
                .append(ALGORITHM)
                .append('\n')
                .append(date)
                .append('\n')
                .append(scope.line())
                .append('\n')
                .append(Digests.sha256Hex(canonicalRequest))
                .toString();
    }
}

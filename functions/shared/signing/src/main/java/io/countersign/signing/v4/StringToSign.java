package io.countersign.signing.v4;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.base.Digests;

/** V4's string to sign (protocol.md 3): algorithm, moment, scope, hash of the canonical request. */
final class StringToSign {
    static final String ALGORITHM = "OSS4-HMAC-SHA256";

    private StringToSign() {}

    /** @param date the moment as the request carries it */
    static String of(String date, CredentialScope scope, String canonicalRequest) {
        StringBuilder text = new StringBuilder(192);
        text.append(ALGORITHM).append('\n');
        text.append(date).append('\n');
        scope.appendLine(text);
        text.append('\n').append(Digests.sha256Hex(canonicalRequest));
        return text.toString();
    }
}

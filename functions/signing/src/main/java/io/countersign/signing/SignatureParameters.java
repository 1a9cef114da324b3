package io.countersign.signing;

import java.util.Set;

/** The parameters that a signature brings into a URL, of every version. */
public final class SignatureParameters {
    private static final Set<String> NAMES = Set.of(
            "OSSAccessKeyId",
            "Expires",
            "Signature",
            "security-token",
            "x-oss-signature-version",
            "x-oss-signature",
            "x-oss-credential",
            "x-oss-access-key-id",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-security-token");

    private SignatureParameters() {}

    public static boolean has(String name) {
        return NAMES.contains(name);
    }
}

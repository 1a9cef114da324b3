package io.countersign.signing;

import io.countersign.signing.v1.V1;

/**
 * Self-signed mode: the phone builds V1's string to sign, the backend signs it (protocol.md 5.3). The signature says nothing about what the string asks for:
 * whoever calls this has parsed and authorised it first.
 */
public final class SelfSignature {
    private SelfSignature() {}

    /** {@code OSS id:signature}, the text of an Authorization header, over exactly these characters in UTF-8. */
    public static String authorization(String stringToSign, AccessKey key) {
        return "OSS " + key.id() + ':' + V1.signature(key.secret(), stringToSign);
    }
}

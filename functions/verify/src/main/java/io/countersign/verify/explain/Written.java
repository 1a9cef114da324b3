package io.countersign.verify.explain;

import io.countersign.oss.OssRequest;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Presented;
import io.countersign.signing.Secret;

/** What a client may have signed in place of the request that arrived. */
sealed interface Written {
    /** Another request, another reading of the signature's text, or with another secret. */
    record AsRequest(OssRequest request, Presented.Signed signed, Secret secret) implements Written {}

    /** A text that no request gives. */
    record AsText(String stringToSign) implements Written {}

    /** A text under the signing key of that scope. */
    record AsScopedText(String stringToSign, CredentialScope scope) implements Written {}
}

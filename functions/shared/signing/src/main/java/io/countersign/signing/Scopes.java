package io.countersign.signing;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;

/** Scopes for what Countersign signs itself. */
final class Scopes {
    private Scopes() {}

    /** @throws OssRefusal when the region or product cannot stand in a credential */
    static CredentialScope of(AccessKey key, String day, String region, String product) throws OssRefusal {
        CredentialScope scope = new CredentialScope(key.id(), day, region, product);
        if (!scope.isWellFormed()) {
            throw new OssRefusal(
                    OssError.INVALID_SIGNING_REGION, "V4 needs the bucket's region, such as cn-hangzhou; set it.");
        }
        return scope;
    }
}

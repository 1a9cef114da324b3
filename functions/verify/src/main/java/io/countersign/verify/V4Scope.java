package io.countersign.verify;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.Presented;
import java.util.Optional;

/** The credential scope that a V4 signature is bound to. */
final class V4Scope {
    private V4Scope() {}

    static Optional<CredentialScope> of(Presented presented) {
        return switch (presented) {
            case Presented.V4Header header -> Optional.of(header.scope());
            case Presented.V4Url url -> Optional.of(url.scope());
            case Presented.Anonymous anonymous -> Optional.empty();
            case Presented.V1Header header -> Optional.empty();
            case Presented.V1Url url -> Optional.empty();
            case Presented.V2Header header -> Optional.empty();
            case Presented.V2Url url -> Optional.empty();
        };
    }
}

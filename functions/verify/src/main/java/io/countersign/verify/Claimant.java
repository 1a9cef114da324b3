package io.countersign.verify;

import io.countersign.policy.Principal;
import io.countersign.signing.Secret;
import java.util.Optional;

/** Who a request claims to come from. */
sealed interface Claimant {
    /** Nobody in particular: the request is not signed. */
    record Anyone() implements Claimant {}

    /**
     * Whoever holds this secret; the signature has to prove it.
     *
     * @param subject whom a session acts for; empty for an access key
     */
    record Holder(Credentials.Signed credentials, Secret secret, Principal principal, Optional<String> subject)
            implements Claimant {}

    default Principal principal() {
        return switch (this) {
            case Anyone anyone -> new Principal.Anonymous();
            case Holder holder -> holder.principal();
        };
    }
}

package io.countersign.verify;

import io.countersign.policy.Principal;
import io.countersign.signing.Secret;

/** Who a request claims to come from. */
sealed interface Claimant {
    /** Nobody in particular: the request is not signed. */
    record Anyone() implements Claimant {}

    /** Whoever holds this secret; the signature has to prove it. */
    record Holder(Credentials.Signed credentials, Secret secret, Principal principal) implements Claimant {}

    default Principal principal() {
        return switch (this) {
            case Anyone anyone -> new Principal.Anonymous();
            case Holder holder -> holder.principal();
        };
    }
}

package io.countersign.identity.token;

import io.countersign.registry.Revocable;
import io.countersign.registry.Role;
import java.util.Optional;

/**
 * Whom a session acts for. No two people have one name: what a caller chose is never what a provider vouches for, nor one provider's subject another's. Providers of other
 * accounts and SAML do not count, as no session here rests on them.
 */
final class Subjects {
    private Subjects() {}

    static Optional<String> of(SealedContent content, Role role) {
        int providers = role.trust().providersOf(role.accountId());
        return switch (content.founder()) {
            case Revocable.OfProvider provider ->
                Optional.of(providers > 1 ? provider.name() + ":" + content.subject() : content.subject());
            case Revocable.OfAccessKey key -> Optional.of(content.subject()).filter(name -> providers == 0);
        };
    }
}

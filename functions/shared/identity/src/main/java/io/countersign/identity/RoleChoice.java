package io.countersign.identity;

import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the role of a caller once its token is verified.
 *
 * @param <X> the refusal of a caller for whom there is no role to choose
 */
public interface RoleChoice<X extends Exception> {
    /**
     * Returns a role's name, or its ARN in the provider's account; empty for the provider's default role.
     *
     * @param provider of the verified token
     * @param later the records that the call needs after this choice
     */
    Optional<String> role(OidcProvider provider, ReadAhead later, Instant now) throws X, StoreUnavailable;

    /** The records that the choice leads to, before the provider is known. */
    List<ReadAhead.Hint> names(String issuer, String audience);

    /**
     * The choice of a caller who names the role.
     *
     * @param role a role's name or ARN; empty for the provider's default
     * @param <X> never thrown
     */
    record Named<X extends Exception>(Optional<String> role) implements RoleChoice<X> {
        @Override
        public Optional<String> role(OidcProvider provider, ReadAhead later, Instant now) {
            return role;
        }

        @Override
        public List<ReadAhead.Hint> names(String issuer, String audience) {
            return List.of(RoleFinder.name(issuer, audience, role));
        }
    }
}

package io.countersign.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * What the registry knows now of what a session rests on.
 *
 * @param role the role of that very id, as it is now; empty when it is gone or another stands under its name
 * @param founded whether the provider still stands, or the parent key still verifies
 * @param revokedBefore the latest moment for role and founder: sessions issued at it or before it are refused
 */
public record SessionFacts(Optional<Role> role, boolean founded, Optional<Instant> revokedBefore) {
    /** Whether a session issued at this moment may still be used. */
    public boolean stands(Instant issued) {
        return role.isPresent() && founded && revokedBefore.map(issued::isAfter).orElse(true);
    }

    /**
     * What a session says it rests on.
     *
     * @param roleId the id of the role when the session was made: a role that was made again under the name is another
     */
    public record SessionQuery(
            String accountId, String roleName, String roleId, RevocationItem.Revocable.Founder founder) {}
}

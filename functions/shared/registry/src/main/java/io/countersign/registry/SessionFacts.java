package io.countersign.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * The current state of the records that a session depends on.
 *
 * @param role the role with the session's role id; empty when it was removed or replaced by another of its name
 * @param founded whether the provider still exists, or the parent key still verifies
 * @param revokedBefore the latest revocation of role and founder: sessions issued at or before it are refused
 */
public record SessionFacts(Optional<Role> role, boolean founded, Optional<Instant> revokedBefore) {
    /** Whether a session issued at this moment may still be used. */
    public boolean stands(Instant issued) {
        return role.isPresent() && founded && revokedBefore.map(issued::isAfter).orElse(true);
    }

    /**
     * The references in a session's token.
     *
     * @param roleId the id of the role when the session was made
     */
    public record Query(String accountId, String roleName, String roleId, RevocationItem.Revocable.Founder founder) {}
}

package io.countersign.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * The current state of the records that a session depends on.
 *
 * @param role the role with the session's role id; empty when it was removed or replaced by another of its name
 * @param founded whether the provider still exists, or the parent key still verifies
 * @param revokedBefore the latest revocation of role, founder and session: sessions issued at or before it are refused
 * @param subjectRevokedBefore the revocation of the subject: sessions issued at or before it are refused, and those of
 *     logins at or before it
 */
public record SessionFacts(
        Optional<Role> role, boolean founded, Optional<Instant> revokedBefore, Optional<Instant> subjectRevokedBefore) {
    /**
     * Whether a session may still be used.
     *
     * @param login when the user logged in: a process that does not know yet of the subject's revocation may have issued
     *     the session after it, to a login from before it
     */
    public boolean stands(Instant issued, Instant login) {
        return role.isPresent()
                && founded
                && revokedBefore.map(issued::isAfter).orElse(true)
                && subjectRevokedBefore
                        .map(moment -> issued.isAfter(moment) && login.isAfter(moment))
                        .orElse(true);
    }

    /** As {@link #stands(Instant, Instant)}, of a session whose login is not known. */
    public boolean stands(Instant issued) {
        return stands(issued, issued);
    }

    /**
     * The references in a session's token.
     *
     * @param roleId the id of the role when the session was made
     * @param subject the user that the provider vouched for; empty for a session of an access key
     * @param session the session itself; empty for one that this registry did not issue
     */
    public record Query(
            String accountId,
            String roleName,
            String roleId,
            RevocationItem.Revocable.Founder founder,
            Optional<RevocationItem.Revocable.OfSubject> subject,
            Optional<RevocationItem.Revocable.OfSession> session) {
        /** Of any session that this founder has in the role. */
        public Query(String accountId, String roleName, String roleId, RevocationItem.Revocable.Founder founder) {
            this(accountId, roleName, roleId, founder, Optional.empty(), Optional.empty());
        }
    }
}

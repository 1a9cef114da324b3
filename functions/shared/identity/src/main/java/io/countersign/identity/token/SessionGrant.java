package io.countersign.identity.token;

import io.countersign.identity.Caller;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.Role;
import java.util.Optional;

/** Somebody who may have a session, and on what grounds. Whoever makes one has asked the role's trust policy. */
public sealed interface SessionGrant {
    Role role();

    /**
     * Whom a provider vouches for.
     *
     * @param caller as {@link io.countersign.identity.BearerAuthenticator} answered it, its session policy among its principal's
     */
    record OfBearer(Caller caller) implements SessionGrant {
        @Override
        public Role role() {
            return caller.role();
        }
    }

    /**
     * Who holds an access key of the registry.
     *
     * @param parentKeyId the key that AssumeRole was signed with: when it can no longer verify, the session has ended
     * @param sessionName 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, as the caller chose it
     * @param sessionPolicy as {@link io.countersign.identity.SessionPolicy} read it
     */
    record OfAccessKey(Role role, String parentKeyId, String sessionName, Optional<PolicyDocument> sessionPolicy)
            implements SessionGrant {}
}

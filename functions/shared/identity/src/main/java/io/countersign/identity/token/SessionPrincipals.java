package io.countersign.identity.token;

import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.registry.Role;
import java.util.ArrayList;
import java.util.List;

/** What a session may do: the policies of its role as they are now, filled in, and what narrows them. */
final class SessionPrincipals {
    private SessionPrincipals() {}

    /** @throws IllFormedClaimException when a claim cannot be filled in, which none can that was taken when the session was made */
    static Principal.AssumedRole of(SealedContent content, Role role) throws IllFormedClaimException {
        List<PolicyDocument> filled = new ArrayList<>();
        for (PolicyDocument policy : role.policies()) {
            filled.add(policy.filled(content.variables()));
        }
        return new Principal.AssumedRole(
                role.accountId(), role.name(), content.sessionName(), filled, content.sessionPolicy());
    }
}

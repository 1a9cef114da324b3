package io.countersign.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.registry.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the principals of sessions: the current policies of the role, filled in, and the session policy. A principal is cached by all that it is made from, so that a
 * policy is filled in once for the same claims. Safe for any number of threads.
 */
final class FilledPrincipals {
    /** The most characters of the policies of all cached principals. Filled in, a policy is some ten times as large in memory. */
    private static final long MAX_CHARACTERS = 1024 * 1024;

    private final Cache<Inputs, Principal.AssumedRole> principals = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Inputs inputs, Principal.AssumedRole principal) -> inputs.characters())
            .executor(Runnable::run)
            .build();

    private record Inputs(
            String accountId,
            String roleName,
            String sessionName,
            List<PolicyDocument> policies,
            Optional<PolicyDocument> sessionPolicy,
            Map<String, String> variables) {
        static Inputs of(SealedContent content, Role role) {
            return new Inputs(
                    role.accountId(),
                    role.name(),
                    content.sessionName(),
                    role.policies(),
                    content.sessionPolicy(),
                    content.variables());
        }

        Principal.AssumedRole principal() throws IllFormedClaimException {
            List<PolicyDocument> filled = new ArrayList<>(policies.size());
            for (PolicyDocument policy : policies) {
                filled.add(policy.filled(variables));
            }
            return new Principal.AssumedRole(accountId, roleName, sessionName, filled, sessionPolicy);
        }

        int characters() {
            int characters = sessionPolicy.map(policy -> policy.json().length()).orElse(0);
            for (PolicyDocument policy : policies) {
                characters += policy.json().length();
            }
            for (String value : variables.values()) {
                characters += value.length();
            }
            return characters;
        }
    }

    /** @throws IllFormedClaimException when a claim cannot be filled in; a claim that was accepted when the session was issued always can */
    Principal.AssumedRole of(SealedContent content, Role role) throws IllFormedClaimException {
        Inputs inputs = Inputs.of(content, role);
        Principal.AssumedRole known = principals.getIfPresent(inputs);
        if (known != null) {
            return known;
        }
        Principal.AssumedRole made = inputs.principal();
        principals.put(inputs, made);
        return made;
    }

    /** As {@link #of}, for a principal that is needed once. */
    static Principal.AssumedRole once(SealedContent content, Role role) throws IllFormedClaimException {
        return Inputs.of(content, role).principal();
    }
}

package io.countersign.identity.token;

import io.countersign.policy.PolicyDocument;
import io.countersign.registry.Revocable;
import io.countersign.registry.SessionQuery;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a security token holds.
 *
 * @param tokenId another for each token
 * @param founder the provider of the role's account, or the parent key
 * @param variables the claims that are filled into the role's policies
 * @param issued to the millisecond, for revocation
 * @param expires in whole seconds
 */
record SealedContent(
        String tokenId,
        String accountId,
        String roleName,
        String roleId,
        Revocable.Founder founder,
        String subject,
        String sessionName,
        String accessKeyId,
        Secret secret,
        Optional<PolicyDocument> sessionPolicy,
        Map<String, String> variables,
        Instant issued,
        Instant expires) {
    SealedContent {
        variables = Map.copyOf(variables);
    }

    SessionQuery restsOn() {
        return new SessionQuery(accountId, roleName, roleId, founder);
    }
}

package io.countersign.registry;

import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A RAM user. It owns nothing and may do what its policies allow.
 *
 * @param uid the number by which bucket policies name the user; no account and no other user of the registry has it
 * @param accessKeyIds its keys that are not deleted, oldest first; at most {@link #MAX_KEYS}
 */
public record RamUser(
        String accountId,
        String name,
        Optional<String> uid,
        List<PolicyDocument> policies,
        RotationRule rotation,
        Authority authority,
        List<String> accessKeyIds) {
    /** The number of key pairs that a user may have, Active or not. */
    public static final int MAX_KEYS = 2;

    public RamUser {
        policies = List.copyOf(policies);
        accessKeyIds = List.copyOf(accessKeyIds);
    }

    /** A user without a UID, which bucket policies name by its ARN only. */
    public RamUser(
            String accountId,
            String name,
            List<PolicyDocument> policies,
            RotationRule rotation,
            Authority authority,
            List<String> accessKeyIds) {
        this(accountId, name, Optional.empty(), policies, rotation, authority, accessKeyIds);
    }

    /** Returns this user with other keys. */
    public RamUser with(List<String> keys) {
        return new RamUser(accountId, name, uid, policies, rotation, authority, keys);
    }

    /** The user as a principal of the policy engine. */
    public Principal.RamUser principal() {
        return new Principal.RamUser(accountId, name, uid, policies);
    }

    public String arn() {
        return "acs:ram::" + accountId + ":user/" + name;
    }

    /**
     * The schedule of a user's key rotation.
     *
     * @param every the time from one new pair to the next
     * @param overlap how long a Retiring key still verifies
     * @param removeAfter how long an Inactive key is kept before it is deleted
     */
    public record RotationRule(Duration every, Duration overlap, Duration removeAfter) {
        public static final RotationRule DEFAULT =
                new RotationRule(Duration.ofDays(90), Duration.ofDays(8), Duration.ofDays(30));
    }
}

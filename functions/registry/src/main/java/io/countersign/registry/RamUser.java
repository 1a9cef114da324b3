package io.countersign.registry;

import io.countersign.policy.PolicyDocument;
import java.util.List;

/**
 * A RAM user: owns nothing, may do what its policies allow.
 *
 * @param accessKeyIds its keys that are not deleted, in the order they came; at most {@link #MAX_KEYS}
 */
public record RamUser(
        String accountId,
        String name,
        List<PolicyDocument> policies,
        RotationRule rotation,
        Authority authority,
        List<String> accessKeyIds) {
    /** Key pairs of a user, Active or not. */
    public static final int MAX_KEYS = 2;

    public RamUser {
        policies = List.copyOf(policies);
        accessKeyIds = List.copyOf(accessKeyIds);
    }

    /** This user with other keys. */
    public RamUser with(List<String> keys) {
        return new RamUser(accountId, name, policies, rotation, authority, keys);
    }

    public String arn() {
        return "acs:ram::" + accountId + ":user/" + name;
    }
}

package io.countersign.policy;

import java.util.List;

/** One right as the statements are asked about it: worked out once, asked many times. */
record Asked(String action, ResourceName resource, Principal principal, Conditions conditions) {
    static Asked of(NeededRight needed, Principal principal, Conditions conditions) {
        return new Asked(
                Letters.lower(needed.right().action()), ResourceName.of(needed, principal), principal, conditions);
    }

    /** What is known for a condition key; the principal's ARN is its own, whatever the request says. */
    List<String> values(String key) {
        if (!key.equals(Conditions.PRINCIPAL_ARN)) {
            return conditions.values(key);
        }
        String arn = principal.identityArn();
        return arn.isEmpty() ? List.of() : List.of(arn);
    }
}

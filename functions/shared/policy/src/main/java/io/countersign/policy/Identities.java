package io.countersign.policy;

import java.util.Set;

/**
 * The existing principals, for checking the principals that policies name.
 *
 * @param accounts by their ids
 * @param uids of the users that have one
 * @param arns of users, roles and identity providers: {@code acs:ram::ID:user/NAME}
 */
public record Identities(Set<String> accounts, Set<String> uids, Set<String> arns) {
    public Identities {
        accounts = Set.copyOf(accounts);
        uids = Set.copyOf(uids);
        arns = Set.copyOf(arns);
    }

    /** Whether an ARN has this prefix and a matching name after it. */
    boolean hasNamed(String beginning, Glob name) {
        return name.isLiteral()
                ? arns.contains(beginning + name.head())
                : arns.stream()
                        .anyMatch(arn -> arn.startsWith(beginning)
                                && name.matches(arn.substring(beginning.length()), StepBudget.unbounded()));
    }
}

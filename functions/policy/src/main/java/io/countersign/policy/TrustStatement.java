package io.countersign.policy;

import java.util.List;

/** One compiled statement of a trust policy. */
record TrustStatement(Effect effect, List<TrustedPrincipal> principals, List<Clause> clauses) {
    TrustStatement {
        principals = List.copyOf(principals);
        clauses = List.copyOf(clauses);
    }

    boolean matches(TrustRequest request) {
        return principals.stream().anyMatch(trusted -> trusted.includes(request.principal()))
                && clauses.stream()
                        .allMatch(clause -> clause.holds(request.conditions().values(clause.key()), effect));
    }
}

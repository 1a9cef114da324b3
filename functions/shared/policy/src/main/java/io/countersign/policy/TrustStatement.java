package io.countersign.policy;

import java.util.List;

/** One compiled statement of a trust policy. */
record TrustStatement(Effect effect, List<TrustedPrincipal> principals, Clauses clauses) {
    TrustStatement {
        principals = List.copyOf(principals);
    }

    boolean matches(TrustRequest request, Steps steps) {
        steps.take(1L + principals.size());
        return principals.stream().anyMatch(trusted -> trusted.includes(request.principal()))
                && effect.applies(clauses.judge(key -> state(key, request), steps), Doubt.REFUSES);
    }

    private static KeyState state(ClauseKey key, TrustRequest request) {
        return switch (key) {
            case ClauseKey.OfRequest(ConditionKey own) -> request.conditions().state(own);
            case ClauseKey.OfPrincipal principalsOwn -> principalArn(request.principal());
            // Trust policies have none.
            case ClauseKey.OfTag tag -> KeyState.unknown();
            case ClauseKey.OfElsewhere other -> KeyState.unknown();
        };
    }

    /** Somebody whom a provider vouches for is no principal of RAM. */
    private static KeyState principalArn(TrustPrincipal principal) {
        return switch (principal) {
            case TrustPrincipal.Ram ram -> new KeyState.Told(ram.arn());
            case TrustPrincipal.Federated federated -> KeyState.absent();
        };
    }
}

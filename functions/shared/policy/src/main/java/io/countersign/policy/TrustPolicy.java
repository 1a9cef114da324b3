package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The trust policy of a role, which determines the principals that may assume it (docs/protocol.md 9, trust policy).
 * Parsed strictly like {@link PolicyDocument}, without resources and variables.
 */
public final class TrustPolicy {
    private static final String ARN = "acs:ram::";
    private static final String PROVIDER = ":oidc-provider/";

    private final String json;
    private final List<TrustStatement> statements;
    private final Set<String> providers;

    private TrustPolicy(String json, List<TrustStatement> statements) {
        this.json = json;
        this.statements = statements;
        this.providers = statements.stream()
                .filter(statement -> statement.effect() == Statement.Effect.ALLOW)
                .flatMap(statement -> statement.principals().stream())
                .filter(TrustedPrincipal.IdentityProvider.class::isInstance)
                .map(principal -> ((TrustedPrincipal.IdentityProvider) principal).arn())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @throws InvalidDocumentException naming the member that is missing, unknown or ill-formed, and its correct form
     */
    public static TrustPolicy parse(Value value) throws InvalidDocumentException {
        DocumentReader document = DocumentReader.open(value);
        List<TrustStatement> statements = new ArrayList<>();
        for (Value statement : document.statements()) {
            statements.add(TrustStatementReader.read(statement));
        }
        return new TrustPolicy(document.json(), List.copyOf(statements));
    }

    /** The document as it was parsed, without white space. */
    public String json() {
        return json;
    }

    public boolean admits(TrustRequest request) {
        return judge(request) instanceof TrustDecision.Admitted;
    }

    /**
     * As {@link #admits}, with the statement: an explicit Deny overrides every Allow. The request is refused without
     * an Allow, and when its evaluation costs more than {@link StepBudget#OF_A_REQUEST}.
     */
    public TrustDecision judge(TrustRequest request) {
        try {
            return judge(request, StepBudget.ofRequest());
        } catch (StepBudget.Spent spent) {
            return new TrustDecision.Refused(OptionalInt.empty());
        }
    }

    private TrustDecision judge(TrustRequest request, StepBudget budget) {
        OptionalInt deny = first(request, Statement.Effect.DENY, budget);
        if (deny.isPresent()) {
            return new TrustDecision.Refused(deny);
        }
        OptionalInt allow = first(request, Statement.Effect.ALLOW, budget);
        return allow.isPresent()
                ? new TrustDecision.Admitted(allow.getAsInt())
                : new TrustDecision.Refused(OptionalInt.empty());
    }

    /** The number of OpenID providers of this account that some Allow names, with any condition. */
    public int providersOf(String accountId) {
        int count = 0;
        for (String arn : providers) {
            if (arn.startsWith(accountId, ARN.length())
                    && arn.startsWith(PROVIDER, ARN.length() + accountId.length())) {
                count++;
            }
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustPolicy that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    private OptionalInt first(TrustRequest request, Statement.Effect effect, StepBudget budget) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).effect() == effect && statements.get(i).matches(request, budget)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The decision of a trust policy, with the index of the statement that decided, from 0. */
    public sealed interface TrustDecision {
        record Admitted(int statement) implements TrustDecision {}

        /** @param statement the Deny that applied; empty when no Allow matched */
        record Refused(OptionalInt statement) implements TrustDecision {}
    }

    /**
     * A request to assume a role. The action is always {@code sts:AssumeRole}, whatever the caller's authentication
     * (docs/protocol.md 9, trust policy).
     *
     * @param conditions the known keys of the call and of its caller's authentication; {@code acs:PrincipalARN} is
     *     taken from the principal
     */
    public record TrustRequest(TrustPrincipal principal, Conditions conditions) {}

    /** A compiled statement of a trust policy. */
    record TrustStatement(Statement.Effect effect, List<TrustedPrincipal> principals, Clauses clauses) {
        TrustStatement {
            principals = List.copyOf(principals);
        }

        boolean matches(TrustRequest request, StepBudget budget) {
            budget.take(1L + principals.size());
            return principals.stream().anyMatch(trusted -> trusted.includes(request.principal()))
                    && effect.applies(
                            clauses.judge(key -> state(key, request), budget), AuthorizationQuery.Doubt.REFUSES);
        }

        private static KeyState state(ClauseKey key, TrustRequest request) {
            return switch (key) {
                case ClauseKey.OfRequest(ConditionKey own) ->
                    request.conditions().state(own);
                case ClauseKey.OfPrincipal principalsOwn -> principalArn(request.principal());
                // Trust policies have no tag keys.
                case ClauseKey.OfTag tag -> KeyState.unknown();
                case ClauseKey.OfElsewhere other -> KeyState.unknown();
            };
        }

        /** A federated user is not a principal of RAM. */
        private static KeyState principalArn(TrustPrincipal principal) {
            return switch (principal) {
                case TrustPrincipal.Ram ram -> new KeyState.Told(ram.arn());
                case TrustPrincipal.Federated federated -> KeyState.absent();
            };
        }
    }

    /** The principal that requests a role. */
    public sealed interface TrustPrincipal {
        /**
         * An account, a RAM user or a role, authenticated by its access key or session.
         *
         * @param arn {@link Principal#identityArn()}: that of the role for a session
         */
        record Ram(String arn, String accountId) implements TrustPrincipal {}

        /**
         * A user that an identity provider authenticated.
         *
         * @param arn the provider's, {@code acs:ram::ID:oidc-provider/NAME} or {@code acs:ram::ID:saml-provider/NAME}
         */
        record Federated(String arn) implements TrustPrincipal {}

        /** Returns empty for anonymous principals, which cannot request a role. */
        static Optional<TrustPrincipal> of(Principal principal) {
            return switch (principal) {
                case Principal.Account account -> Optional.of(new Ram(account.identityArn(), account.accountId()));
                case Principal.RamUser user -> Optional.of(new Ram(user.identityArn(), user.accountId()));
                case Principal.AssumedRole role -> Optional.of(new Ram(role.identityArn(), role.accountId()));
                case Principal.Anonymous anonymous -> Optional.empty();
            };
        }
    }
}

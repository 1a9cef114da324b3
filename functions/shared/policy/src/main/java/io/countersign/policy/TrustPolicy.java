package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may assume a role (protocol.md 9, trust policy). Strict like {@link PolicyDocument}; without resources and without variables. */
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

    /** @throws InvalidDocumentException naming the member that is missing, unknown or ill-formed, and what belongs there */
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

    /** As {@link #admits}, naming the statement: an explicit Deny wins over every Allow. Without an Allow the request is refused, and when judging it costs more than {@link StepBudget#OF_A_REQUEST}. */
    public TrustDecision judge(TrustRequest request) {
        try {
            return judge(request, StepBudget.ofRequest());
        } catch (StepBudget.Spent spent) {
            return new TrustDecision.Refused(OptionalInt.empty());
        }
    }

    private TrustDecision judge(TrustRequest request, StepBudget steps) {
        OptionalInt deny = first(request, Statement.Effect.DENY, steps);
        if (deny.isPresent()) {
            return new TrustDecision.Refused(deny);
        }
        OptionalInt allow = first(request, Statement.Effect.ALLOW, steps);
        return allow.isPresent()
                ? new TrustDecision.Admitted(allow.getAsInt())
                : new TrustDecision.Refused(OptionalInt.empty());
    }

    /** How many OpenID providers of this account some Allow names, whatever its conditions. */
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

    private OptionalInt first(TrustRequest request, Statement.Effect effect, StepBudget steps) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).effect() == effect && statements.get(i).matches(request, steps)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** What a trust policy says, with the place of the statement that said it, from 0. */
    public sealed interface TrustDecision {
        record Admitted(int statement) implements TrustDecision {}

        /** @param statement the Deny that bit; empty when no Allow matched */
        record Refused(OptionalInt statement) implements TrustDecision {}
    }

    /**
     * The wish to assume a role. The action is always {@code sts:AssumeRole}, however the caller proves who it is (protocol.md 9, trust policy).
     *
     * @param conditions what is known of the call, and how its caller proved who it is; {@code acs:PrincipalARN} is taken from the principal
     */
    public record TrustRequest(TrustPrincipal principal, Conditions conditions) {}

    /** One compiled statement of a trust policy. */
    record TrustStatement(Statement.Effect effect, List<TrustedPrincipal> principals, Clauses clauses) {
        TrustStatement {
            principals = List.copyOf(principals);
        }

        boolean matches(TrustRequest request, StepBudget steps) {
            steps.take(1L + principals.size());
            return principals.stream().anyMatch(trusted -> trusted.includes(request.principal()))
                    && effect.applies(
                            clauses.judge(key -> state(key, request), steps), AuthorizationQuery.Doubt.REFUSES);
        }

        private static KeyState state(ClauseKey key, TrustRequest request) {
            return switch (key) {
                case ClauseKey.OfRequest(ConditionKey own) ->
                    request.conditions().state(own);
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

    /** Who asks for a role. */
    public sealed interface TrustPrincipal {
        /**
         * An account, a RAM user or a role, by its access key or session.
         *
         * @param arn {@link Principal#identityArn()}: a session asks as its role
         */
        record Ram(String arn, String accountId) implements TrustPrincipal {}

        /**
         * Somebody whom an identity provider vouches for.
         *
         * @param arn the provider's, {@code acs:ram::ID:oidc-provider/NAME} or {@code acs:ram::ID:saml-provider/NAME}
         */
        record Federated(String arn) implements TrustPrincipal {}

        /** Empty for the anonymous, who can ask for no role. */
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

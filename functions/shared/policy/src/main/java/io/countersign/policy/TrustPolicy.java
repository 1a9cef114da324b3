package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
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
                .filter(statement -> statement.effect() == Effect.ALLOW)
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

    /** As {@link #admits}, naming the statement: an explicit Deny wins over every Allow. Without an Allow the request is refused, and when judging it costs more than {@link Steps#OF_A_REQUEST}. */
    public TrustDecision judge(TrustRequest request) {
        try {
            return judge(request, Steps.ofRequest());
        } catch (Steps.Spent spent) {
            return new TrustDecision.Refused(OptionalInt.empty());
        }
    }

    private TrustDecision judge(TrustRequest request, Steps steps) {
        OptionalInt deny = first(request, Effect.DENY, steps);
        if (deny.isPresent()) {
            return new TrustDecision.Refused(deny);
        }
        OptionalInt allow = first(request, Effect.ALLOW, steps);
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

    private OptionalInt first(TrustRequest request, Effect effect, Steps steps) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).effect() == effect && statements.get(i).matches(request, steps)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}

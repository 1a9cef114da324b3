package io.countersign.identity;

import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the role that a caller names, only in the account of its provider. */
record RoleFinder(KeyRegistry registry) {
    /** The lookups of the role and of the subject before the provider is known. */
    static List<ReadAhead.Hint> names(TokenClaims claims, RoleChoice<?> choice) {
        List<ReadAhead.Hint> names = new ArrayList<>();
        for (String audience : claims.audiences()) {
            names.addAll(choice.names(claims.issuer(), audience));
        }
        for (String audience : claims.audiences()) {
            names.add(new ReadAhead.Hint.OfSubjectOf(claims.issuer(), audience, claims.subject()));
        }
        return List.copyOf(names);
    }

    /** The lookup of a role that a caller of this issuer and audience names. */
    static ReadAhead.Hint name(String issuer, String audience, Optional<String> named) {
        Optional<RoleArn> arn = RoleArn.of(named.orElse(""));
        return arn.isPresent()
                ? new ReadAhead.Hint.OfRole(arn.get().accountId(), arn.get().name())
                : new ReadAhead.Hint.OfRoleOf(issuer, audience, named);
    }

    /**
     * @param claims of a verified token
     * @throws CallerRefusal InvalidRole, RoleRequired, or RoleNotFound, also for a role of another account
     */
    Role find(ProviderFinder.Match match, TokenClaims claims, Optional<String> named, ReadAhead later, Instant now)
            throws CallerRefusal, StoreUnavailable {
        OidcProvider provider = match.provider();
        Optional<String> text = named.or(provider::defaultRole);
        if (text.isEmpty()) {
            throw new CallerRefusal(
                    CallerRefusal.Code.ROLE_REQUIRED, "The provider has no default role; name the role that you want.");
        }
        String account = provider.accountId();
        ReadAhead.Hint.OfRoleOf token = new ReadAhead.Hint.OfRoleOf(claims.issuer(), match.audience(), named);
        return registry.role(token, account, name(text.get(), account), later, now)
                .orElseThrow(RoleFinder::notFound);
    }

    private static String name(String text, String accountId) throws CallerRefusal {
        if (IdSyntax.isRamName(text)) {
            return text;
        }
        Optional<RoleArn> arn = RoleArn.of(text);
        if (arn.isEmpty() || !IdSyntax.isRamName(arn.get().name())) {
            throw new CallerRefusal(
                    CallerRefusal.Code.INVALID_ROLE,
                    "The role is neither a name nor an ARN; write it as my-role or acs:ram::ACCOUNT:role/my-role.");
        }
        if (!arn.get().accountId().equals(accountId)) {
            throw notFound();
        }
        return arn.get().name();
    }

    private static CallerRefusal notFound() {
        return new CallerRefusal(
                CallerRefusal.Code.ROLE_NOT_FOUND,
                "The provider's account has no such role; name one of its roles or leave it out.");
    }

    /** {@code acs:ram::ACCOUNT:role/NAME}; the name is not checked yet, but for slashes and its length. */
    record RoleArn(String accountId, String name) {
        private static final String START = "acs:ram::";
        private static final String ROLE = ":role/";
        private static final int MAX_NAME = 64;

        static Optional<RoleArn> of(String text) {
            int role = text.indexOf(ROLE, START.length());
            if (!text.startsWith(START) || role < 0) {
                return Optional.empty();
            }
            String account = text.substring(START.length(), role);
            String name = text.substring(role + ROLE.length());
            int length = name.codePointCount(0, name.length());
            return IdSyntax.isAccountId(account) && length >= 1 && length <= MAX_NAME && name.indexOf('/') < 0
                    ? Optional.of(new RoleArn(account, name))
                    : Optional.empty();
        }
    }

    /** Checks that a token of the provider gets the role at a face. */
    static final class RoleTrust {
        private RoleTrust() {}

        /** @throws CallerRefusal as {@link RoleAdmission#require} */
        static void require(
                Role role,
                RoleFaces.Face face,
                ProviderFinder.Match match,
                TokenClaims claims,
                ClientContext client,
                Instant now)
                throws CallerRefusal {
            Conditions conditions = client.conditions(now, Optional.empty())
                    .noProof()
                    .tell(ConditionKey.OIDC_ISSUER, claims.issuer())
                    .tell(ConditionKey.OIDC_AUDIENCE, match.audience())
                    .tell(ConditionKey.OIDC_SUBJECT, claims.subject())
                    .build();
            TrustPolicy.TrustRequest request = new TrustPolicy.TrustRequest(
                    new TrustPolicy.TrustPrincipal.Federated(match.provider().arn()), conditions);
            RoleAdmission.require(role, face, request);
        }
    }

    /** Finds the provider of a token by its exact issuer and its registered audience. */
    record ProviderFinder(KeyRegistry registry) {
        record Match(OidcProvider provider, String audience) {}

        /** @throws CallerRefusal UnknownIssuer when no audience is registered with this issuer, AmbiguousAudience when more than one is */
        Match find(TokenClaims claims, ReadAhead later, Instant now) throws CallerRefusal, StoreUnavailable {
            List<Match> matches = new ArrayList<>(1);
            registry.providers(claims.issuer(), claims.audiences(), later, now)
                    .forEach((audience, provider) -> matches.add(new Match(provider, audience)));
            if (matches.size() == 1) {
                return matches.getFirst();
            }
            throw matches.isEmpty()
                    ? new CallerRefusal(
                            CallerRefusal.Code.UNKNOWN_ISSUER,
                            "No provider is registered for the token's issuer and audience; both must be exactly as registered.")
                    : new CallerRefusal(
                            CallerRefusal.Code.AMBIGUOUS_AUDIENCE,
                            "More than one of the token's audiences is registered; have it issued for one of them.");
        }
    }
}

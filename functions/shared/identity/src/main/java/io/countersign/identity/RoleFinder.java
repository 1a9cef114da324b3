package io.countersign.identity;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.Name;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.Role;
import io.countersign.registry.Shapes;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the role that a caller names, in the account of its provider and in no other. */
record RoleFinder(KeyRegistry registry) {
    private static final Pattern ARN = Pattern.compile("acs:ram::([0-9]{1,32}):role/([^/]{1,64})");

    /** What the role is called before its provider is known. */
    static List<Name> names(TokenClaims claims, Optional<String> named) {
        Matcher arn = ARN.matcher(named.orElse(""));
        return arn.matches()
                ? List.of(new Name.OfRole(arn.group(1), arn.group(2)))
                : claims.audiences().stream()
                        .<Name>map(audience -> new Name.OfRoleOf(claims.issuer(), audience, named))
                        .toList();
    }

    /**
     * @param claims of a token that was found good
     * @throws CallerRefusal InvalidRole, RoleRequired or RoleNotFound; a role of another account is not found
     */
    Role find(ProviderFinder.Match match, TokenClaims claims, Optional<String> named, Later later, Instant now)
            throws CallerRefusal, StoreUnavailable {
        OidcProvider provider = match.provider();
        Optional<String> text = named.or(provider::defaultRole);
        if (text.isEmpty()) {
            throw new CallerRefusal(
                    CallerError.ROLE_REQUIRED, "The provider has no default role; name the role that you want.");
        }
        String account = provider.accountId();
        Name.OfRoleOf token = new Name.OfRoleOf(claims.issuer(), match.audience(), named);
        return registry.role(token, account, name(text.get(), account), later, now)
                .orElseThrow(RoleFinder::notFound);
    }

    private static String name(String text, String accountId) throws CallerRefusal {
        if (Shapes.isRamName(text)) {
            return text;
        }
        Matcher arn = ARN.matcher(text);
        if (!arn.matches() || !Shapes.isRamName(arn.group(2))) {
            throw new CallerRefusal(
                    CallerError.INVALID_ROLE,
                    "The role is neither a name nor an ARN; write it as my-role or acs:ram::ACCOUNT:role/my-role.");
        }
        if (!arn.group(1).equals(accountId)) {
            throw notFound();
        }
        return arn.group(2);
    }

    private static CallerRefusal notFound() {
        return new CallerRefusal(
                CallerError.ROLE_NOT_FOUND,
                "The provider's account has no such role; name one of its roles or leave it out.");
    }
}

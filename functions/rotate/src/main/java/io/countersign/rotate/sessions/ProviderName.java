package io.countersign.rotate.sessions;

import io.countersign.registry.IdSyntax;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An identity provider as a caller names it.
 *
 * @param accountId empty for a bare name, which must be of one provider only
 */
public record ProviderName(Optional<String> accountId, String name) {
    /** @param text a name, or {@code acs:ram::ACCOUNT:oidc-provider/NAME}; empty for another text */
    public static Optional<ProviderName> of(String text) {
        return IdSyntax.isRamName(text)
                ? Optional.of(new ProviderName(Optional.empty(), text))
                : Arn.of(text, "oidc-provider").map(arn -> new ProviderName(Optional.of(arn.accountId()), arn.name()));
    }

    /** As the caller wrote it. */
    public String text() {
        return accountId
                .map(account -> "acs:ram::" + account + ":oidc-provider/" + name)
                .orElse(name);
    }

    /** The ARN of something in RAM that has a name. */
    record Arn(String accountId, String name) {
        private static final Pattern ARN = Pattern.compile("acs:ram::([^:]*):([^:/]*)/(.*)");

        static Optional<Arn> of(String text, String kind) {
            Matcher matcher = ARN.matcher(text);
            return matcher.matches()
                            && matcher.group(2).equals(kind)
                            && IdSyntax.isAccountId(matcher.group(1))
                            && IdSyntax.isRamName(matcher.group(3))
                    ? Optional.of(new Arn(matcher.group(1), matcher.group(3)))
                    : Optional.empty();
        }
    }
}

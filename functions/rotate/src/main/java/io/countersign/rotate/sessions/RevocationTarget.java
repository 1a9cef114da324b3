package io.countersign.rotate.sessions;

import io.countersign.registry.IdSyntax;
import java.util.Optional;

/** Whose sessions a caller wants to revoke. The names are well-formed; whether the registry holds them is not known yet. */
public sealed interface RevocationTarget {
    record OfRole(String accountId, String name) implements RevocationTarget {}

    /** @param subject one user of the provider; empty for all */
    record OfProvider(ProviderName provider, Optional<String> subject) implements RevocationTarget {}

    record OfAccessKey(String id) implements RevocationTarget {}

    record OfSession(String id) implements RevocationTarget {}

    /** @param arn {@code acs:ram::ACCOUNT:role/NAME}; empty if it is not */
    static Optional<RevocationTarget> ofRole(String arn) {
        return ProviderName.Arn.of(arn, "role").map(role -> new OfRole(role.accountId(), role.name()));
    }

    /** Empty if the provider is neither a name nor an ARN, or the subject cannot be a token's {@code sub}. */
    static Optional<RevocationTarget> ofProvider(String provider, Optional<String> subject) {
        return subject.isPresent() && !IdSyntax.isSubject(subject.get())
                ? Optional.empty()
                : ProviderName.of(provider).map(name -> new OfProvider(name, subject));
    }

    static Optional<RevocationTarget> ofAccessKey(String id) {
        return IdSyntax.isAccessKeyId(id) ? Optional.of(new OfAccessKey(id)) : Optional.empty();
    }

    /** @param id as {@code SessionId} in the answer to the holder: 32 hex digits in lower case */
    static Optional<RevocationTarget> ofSession(String id) {
        return IdSyntax.isSessionId(id) ? Optional.of(new OfSession(id)) : Optional.empty();
    }
}

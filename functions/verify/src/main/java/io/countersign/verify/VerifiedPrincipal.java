package io.countersign.verify;

import io.countersign.policy.Principal;
import java.util.Optional;

/**
 * Who made a request, beyond doubt.
 *
 * @param type {@code Account}, {@code RAMUser}, {@code AssumedRoleUser} as GetCallerIdentity names them, or {@code Anonymous}
 */
public record VerifiedPrincipal(
        String type, Optional<String> arn, Optional<String> accountId, Optional<String> accessKeyId) {
    private static final String SESSION = "AssumedRoleUser";

    static VerifiedPrincipal of(Claimant claimant) {
        return switch (claimant) {
            case Claimant.Anyone anyone ->
                new VerifiedPrincipal("Anonymous", Optional.empty(), Optional.empty(), Optional.empty());
            case Claimant.Holder holder ->
                new VerifiedPrincipal(
                        type(holder.principal()),
                        Optional.of(holder.principal().arn()),
                        Optional.of(holder.principal().accountId()),
                        Optional.of(holder.credentials().accessKeyId()));
        };
    }

    /** The name of the session that a role was assumed in; a bearer caller's is made from its token's {@code sub}. */
    public Optional<String> sessionName() {
        return type.equals(SESSION) ? arn.map(text -> text.substring(text.lastIndexOf('/') + 1)) : Optional.empty();
    }

    private static String type(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> "Account";
            case Principal.RamUser user -> "RAMUser";
            case Principal.AssumedRole role -> SESSION;
            case Principal.Anonymous anonymous -> "Anonymous";
        };
    }
}

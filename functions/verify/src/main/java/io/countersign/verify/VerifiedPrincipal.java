package io.countersign.verify;

import io.countersign.policy.Principal;
import java.util.Optional;

/**
 * Who made a request, beyond doubt.
 *
 * @param type {@code Account}, {@code RAMUser}, {@code AssumedRoleUser} as GetCallerIdentity names them, or {@code Anonymous}
 * @param subject whom a session acts for, beyond doubt; empty for anybody else
 */
public record VerifiedPrincipal(
        String type,
        Optional<String> arn,
        Optional<String> accountId,
        Optional<String> accessKeyId,
        Optional<String> subject) {

    static VerifiedPrincipal of(Claimant claimant) {
        return switch (claimant) {
            case Claimant.Anyone anyone ->
                new VerifiedPrincipal(
                        "Anonymous", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            case Claimant.Holder holder ->
                new VerifiedPrincipal(
                        type(holder.principal()),
                        Optional.of(holder.principal().arn()),
                        Optional.of(holder.principal().accountId()),
                        Optional.of(holder.credentials().accessKeyId()),
                        holder.subject());
        };
    }

    private static String type(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> "Account";
            case Principal.RamUser user -> "RAMUser";
            case Principal.AssumedRole role -> "AssumedRoleUser";
            case Principal.Anonymous anonymous -> "Anonymous";
        };
    }
}

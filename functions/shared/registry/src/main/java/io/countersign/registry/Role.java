package io.countersign.registry;

import io.countersign.policy.PolicyDocument;
import io.countersign.policy.TrustPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A RAM role.
 *
 * @param roleId never used a second time: a role that was removed and made again under its old name has another, so that no session of the
 *     old one fits
 * @param maxSessionDuration 15 minutes to 12 hours
 * @param policies may hold variables, to be filled from a session's claims
 * @param signer the user of the account whose key asks Alibaba Cloud's STS for sessions; there exactly when the authority is {@link Authority#STS}
 * @param naming after whom a session of AssumeRoleWithOIDC is named
 */
public record Role(
        String accountId,
        String name,
        String roleId,
        Duration maxSessionDuration,
        TrustPolicy trust,
        List<PolicyDocument> policies,
        Authority authority,
        Optional<String> signer,
        SessionNaming naming) {
    /** The least that a session may be asked for. */
    public static final Duration MIN_SESSION = Duration.ofMinutes(15);
    /** The longest that any role's sessions may last. */
    public static final Duration MAX_SESSION = Duration.ofHours(12);

    /** @throws IllegalArgumentException when there is a signer that is not needed, or none that is */
    public Role {
        if (signer.isPresent() != (authority == Authority.STS)) {
            throw new IllegalArgumentException("a role has a signer when its authority is sts, and only then");
        }
        policies = List.copyOf(policies);
    }

    public String arn() {
        return "acs:ram::" + accountId + ":role/" + name;
    }

    /** After whom AssumeRoleWithOIDC names a session of a role. */
    public enum SessionNaming {
        /** After the token's {@code sub}, as {@code /token} names it: the provider vouches for the name. */
        SUBJECT("subject"),
        /** As the caller asks, as Alibaba Cloud's STS names it: nobody vouches for the name. */
        CALLER("caller");

        private final String text;

        SessionNaming(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public static Optional<SessionNaming> of(String text) {
            for (SessionNaming naming : values()) {
                if (naming.text.equals(text)) {
                    return Optional.of(naming);
                }
            }
            return Optional.empty();
        }
    }
}

package io.countersign.registry;

import io.countersign.policy.PolicyDocument;
import io.countersign.policy.TrustPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A RAM role.
 *
 * @param roleId never reused; a role that is removed and made again under its name has another id, so that no session
 *     of the former role is accepted
 * @param maxSessionDuration 15 minutes to 12 hours
 * @param policies may contain variables that a session's claims fill
 * @param signer the user of the account whose key calls Alibaba Cloud's STS for sessions; present exactly when the
 *     authority is {@link Authority#STS}
 * @param naming the source of the session name of AssumeRoleWithOIDC
 * @param limits how much each subject gets in a minute
 * @param faces that may make sessions of the role or sign for its callers
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
        SessionNaming naming,
        RoleLimits limits,
        RoleFaces faces) {
    /** The shortest duration that a session may have. */
    public static final Duration MIN_SESSION = Duration.ofMinutes(15);
    /** The longest duration that a role may allow its sessions. */
    public static final Duration MAX_SESSION = Duration.ofHours(12);

    /** @throws IllegalArgumentException when a signer is present without the authority STS, or absent with it */
    public Role {
        if (signer.isPresent() != (authority == Authority.STS)) {
            throw new IllegalArgumentException("a role has a signer when its authority is sts, and only then");
        }
        policies = List.copyOf(policies);
    }

    public String arn() {
        return "acs:ram::" + accountId + ":role/" + name;
    }

    /** The source of the session name of AssumeRoleWithOIDC. */
    public enum SessionNaming {
        /** The token's {@code sub}, as at {@code /token}. The provider vouches for the name. */
        SUBJECT("subject"),
        /** The caller's parameter, as at Alibaba Cloud's STS. No party vouches for the name. */
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

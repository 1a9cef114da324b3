package io.countersign.token.upstream;

import io.countersign.identity.Caller;
import io.countersign.signing.base.Digests;
import java.time.Duration;

/**
 * What makes two asks for a session ask for the same one.
 *
 * @param roleId of the role, never used twice
 * @param policyHash of the policies as they are sent
 * @param provider who vouches for the subject
 * @param signerKeyId the access key that STS is asked with
 * @param duration as it is asked for
 */
record SessionKey(
        String roleId,
        String policyHash,
        String sessionName,
        String provider,
        String subject,
        String signerKeyId,
        Duration duration) {
    /** @param policy the filled policies as they are sent */
    static SessionKey of(Caller caller, String policy, String signerKeyId, Duration duration) {
        return new SessionKey(
                caller.role().roleId(),
                Digests.sha256Hex(policy),
                caller.sessionName(),
                caller.provider().revocable().key(),
                caller.subject(),
                signerKeyId,
                duration);
    }
}

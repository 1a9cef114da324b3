package io.countersign.verify.decide;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import java.util.Optional;

/**
 * Watches one decision, so that it can be explained afterwards. An observer cannot change the decision: a refusal is already certain when the observer hears of it, and no method returns anything.
 */
public interface DecisionObserver {
    /** Ignores every event. */
    DecisionObserver NONE = new DecisionObserver() {};

    /** The verb, URL and headers are well formed. Nothing is decided yet. */
    default void read(VerifyRequest request, OssRequest oss) {}

    /**
     * The signature over a request does not match.
     *
     * @param secret the secret of the access key that the request names
     */
    default void mismatch(OssRequest request, RequestCredentials.Signed presented, Secret secret) {}

    /**
     * The signature over the policy of a POST form does not match.
     *
     * @param policy the Base64 text of the policy field
     * @param scope the scope of a V4 signature; empty for V1
     * @param key the access key that the form names
     */
    default void formMismatch(String policy, String signature, Optional<CredentialScope> scope, AccessKey key) {}

    /** The request is refused. */
    default void refused(OssRefusal refusal) {}
}

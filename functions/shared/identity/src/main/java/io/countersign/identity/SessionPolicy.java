package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyKind;
import java.util.Optional;

/** Reads what a caller narrows a session by. */
public final class SessionPolicy {
    /** Characters without white space (protocol.md 6, AssumeRole). */
    public static final int MAX_LENGTH = 2_048;

    private SessionPolicy() {}

    /** @throws CallerRefusal InvalidSessionPolicy, saying which member is wrong */
    public static Optional<PolicyDocument> parse(Optional<Value> policy) throws CallerRefusal {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        if (JsonText.of(policy.get()).length() > MAX_LENGTH) {
            throw new CallerRefusal(
                    CallerError.INVALID_SESSION_POLICY,
                    "The session policy is longer than " + MAX_LENGTH + " characters; shorten it.");
        }
        try {
            return Optional.of(PolicyDocument.parse(policy.get(), PolicyKind.SESSION));
        } catch (InvalidDocumentException e) {
            throw new CallerRefusal(
                    CallerError.INVALID_SESSION_POLICY,
                    "The session policy is not valid at \"" + e.location() + "\": " + e.problem() + ".");
        }
    }
}

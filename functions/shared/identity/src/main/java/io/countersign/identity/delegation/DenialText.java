package io.countersign.identity.delegation;

import io.countersign.oss.Scope;
import io.countersign.policy.DenialReason;

/** A denial in words for the caller: the action, which object of the request it was needed on, and whether somebody denied or nobody allowed. No policy is quoted. */
final class DenialText {
    private DenialText() {}

    static SigningRefusal refusal(DenialReason reason, SignableRequest request) {
        String action = reason.right().action();
        String where = where(reason.right().scope(), request);
        String why =
                switch (reason.type()) {
                    case EXPLICIT_DENY -> "a policy denies it explicitly";
                    case IMPLICIT_DENY ->
                        switch (reason.decidedBy()) {
                            case SESSION_POLICY -> "the session policy does not allow it";
                            case OWNER, RAM_POLICY, ROLE_POLICY, BUCKET_POLICY, OBJECT_ACL, BUCKET_ACL, DEFAULT ->
                                "no policy of the role or the bucket allows it";
                        };
                };
        return new SigningRefusal(
                SigningError.ACCESS_DENIED,
                "Your session may not " + action + " on " + where + ": " + why
                        + ". Ask for what it may do, or have its role changed.");
    }

    private static String where(Scope scope, SignableRequest request) {
        if (scope instanceof Scope.ObjectPrefix) {
            return "every object below this prefix";
        }
        return scope.equals(request.request().target()) ? "this object" : "a further object that the request names";
    }
}

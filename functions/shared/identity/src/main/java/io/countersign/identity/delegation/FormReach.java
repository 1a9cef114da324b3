package io.countersign.identity.delegation;

import io.countersign.oss.Right;
import io.countersign.policy.Authorizer;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.KeyState;
import io.countersign.policy.NeededRight;
import io.countersign.policy.PlaceTags;
import io.countersign.policy.Principal;
import io.countersign.policy.StepBudget;
import io.countersign.policy.TraceStep;
import java.util.List;
import java.util.Optional;

/**
 * Judges what the holder of a form could do with it. The holder may add an ACL and tags, which the storage checks against the signer's policies, not the holder's.
 * Therefore the form's policy must fix the ACL if the caller may not set one, unless the signer may not set one either.
 *
 * @param upload the right to upload
 * @param signer empty when the bucket has no signer with an active key
 * @param steps the remaining budget of the call
 */
record FormReach(NeededRight upload, Optional<Principal.RamUser> signer, StepBudget steps) {
    private static final String NO_ACL = "default";

    sealed interface Judged {}

    /** @param bindsAcl whether the form must not change the object's ACL */
    record Allowed(boolean bindsAcl, List<TraceStep> trace) implements Judged {
        Allowed {
            trace = List.copyOf(trace);
        }
    }

    record Denied(Decision.Denied denied) implements Judged {}

    /** The evaluation exceeds the budget. */
    record TooCostly() implements Judged {}

    /** @param known the conditions of the call and the upload; the holder of the form chooses its ACL and tags */
    Judged judge(Principal caller, Conditions known) {
        Conditions chosen = signerMight(SigningTable.UploadRule.TAGGING_ACTION)
                ? known
                : known.more().requestObjectTags(PlaceTags.Tags.NONE).build();
        if (!signerMight(SigningTable.UploadRule.ACL_ACTION)) {
            return judged(caller, with(chosen, KeyState.absent()), false);
        }
        List<NeededRight> withAcl = List.of(upload, right(SigningTable.UploadRule.ACL_ACTION));
        return Authorizer.decide(caller, withAcl, chosen, steps) instanceof Decision.Allowed anyAcl
                ? new Allowed(false, anyAcl.trace())
                : judged(caller, with(chosen, new KeyState.Told(NO_ACL)), true);
    }

    private Judged judged(Principal caller, Conditions conditions, boolean bindsAcl) {
        return switch (Authorizer.decide(caller, List.of(upload), conditions, steps)) {
            case Decision.Allowed allowed -> new Allowed(bindsAcl, allowed.trace());
            case Decision.Denied denied -> new Denied(denied);
            case Decision.TooCostly unjudged -> new TooCostly();
        };
    }

    /** Whether the signer could be allowed the action when the form is used, from any client and with any fields. */
    private boolean signerMight(String action) {
        return signer.isEmpty() || Authorizer.mightAllow(signer.get(), List.of(right(action)), Conditions.NONE, steps);
    }

    private NeededRight right(String action) {
        Right right = new Right(action, upload.right().scope());
        return upload.bucket()
                .map(bucket -> NeededRight.on(right, bucket))
                .orElseThrow(() -> new IllegalStateException("a form uploads into a bucket"));
    }

    private static Conditions with(Conditions known, KeyState acl) {
        return known.more().tell(ConditionKey.OBJECT_ACL, acl).build();
    }
}

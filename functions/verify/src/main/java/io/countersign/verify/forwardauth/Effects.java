package io.countersign.verify.forwardauth;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Target;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyAnswer;
import java.time.Instant;
import java.util.List;

/** Makes the changes of an allowed request, after everything else that could refuse it. Nothing confirms them afterwards. */
record Effects(AclDrops acls, UrlUses uses) {
    /**
     * Uses the URL of the request up, if that is good once, and then drops the ACLs of the objects that the request changes. So a URL that was used before, or whose use cannot be recorded, changes nothing. What an ACL refuses
     * uses no URL up, unless the ACL changes at this very moment.
     *
     * @return the answer, or a refusal when the URL was used before
     * @throws OssRefusal as {@link AclDrops#written} and {@link AclDrops#drop}
     * @throws StoreUnavailable when a change may not have been made: nothing may pass then
     */
    VerifyAnswer of(VerifyAnswer answer, Instant now) throws OssRefusal, StoreUnavailable {
        List<Target.ObjectKey> written = AclDrops.written(answer.obligations());
        if (answer.oneUse().isPresent()) {
            VerifyAnswer last = written.isEmpty() ? answer : uses.check(answer, now);
            if (last.error().isEmpty()) {
                acls.requireDroppable(written, now);
                last = uses.spend(last, now);
            }
            if (last.error().isPresent()) {
                return last;
            }
        }
        acls.drop(written, now);
        return answer;
    }
}

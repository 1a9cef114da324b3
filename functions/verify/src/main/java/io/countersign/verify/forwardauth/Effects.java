package io.countersign.verify.forwardauth;

import io.countersign.oss.OssRefusal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyAnswer;
import java.time.Instant;

/** Makes the changes of an allowed request, after everything else that could refuse it. Nothing confirms them afterwards. */
record Effects(AclDrops acls, UrlUses uses) {
    /**
     * Drops the ACLs of the objects that the request changes, and uses its URL up if that is good once. A used URL drops no ACL, and an ACL that refuses the request uses no URL up.
     *
     * @return the answer, or a refusal when the URL was used before
     * @throws OssRefusal as {@link AclDrops#before}
     * @throws StoreUnavailable when a change may not have been made: nothing may pass then
     */
    VerifyAnswer of(VerifyAnswer answer, Instant now) throws OssRefusal, StoreUnavailable {
        if (answer.obligations().isEmpty()) {
            return uses.spend(answer, now);
        }
        VerifyAnswer unused = uses.check(answer, now);
        acls.before(unused.obligations(), now);
        return uses.spend(unused, now);
    }
}

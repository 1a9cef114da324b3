package io.countersign.verify.forwardauth;

import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Target;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.VerifyAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out what an allowed request owes the registry before a proxy passes it on, since nobody confirms it afterwards. An object that is written anew or deleted
 * loses its own ACL first: else what comes under its key later would be as public as what was there before.
 *
 * @param registry what judges the next request
 */
record AclDrops(AclWriter writer, KeyRegistry registry) {
    /**
     * Nothing is dropped where anything is refused for what it owes.
     *
     * @throws OssRefusal MethodNotAllowed when the request does not name each object that it changes; AccessDenied when an object has a public ACL that is narrower than its bucket's
     * @throws StoreUnavailable when an ACL may still stand: nothing may pass then
     */
    void before(List<VerifyAnswer.Obligation> obligations, Instant now) throws OssRefusal, StoreUnavailable {
        List<Target.ObjectKey> objects = new ArrayList<>(obligations.size());
        for (VerifyAnswer.Obligation owed : obligations) {
            objects.add(written(owed));
        }
        for (Target.ObjectKey object : objects) {
            Acl standing = writer.dropBeforeWrite(object.bucket(), object.key(), now);
            registry.forgetObjectAcl(object);
            if (standing != Acl.DEFAULT && standing != Acl.PRIVATE) {
                throw narrower(standing);
            }
        }
    }

    private static Target.ObjectKey written(VerifyAnswer.Obligation owed) throws OssRefusal {
        return switch (owed) {
            case VerifyAnswer.Obligation.DropObjectAcl drop -> new Target.ObjectKey(drop.bucket(), drop.key());
            case VerifyAnswer.Obligation.TellObjectAcl tell -> new Target.ObjectKey(tell.bucket(), tell.key());
            case VerifyAnswer.Obligation.DropDeletedObjectAcls deleted -> throw unnamed();
            case VerifyAnswer.Obligation.DropSavedObjectAcls saved -> throw unnamed();
            case VerifyAnswer.Obligation.SetObjectAcl set -> throw ProxyLimits.setsAcl();
            case VerifyAnswer.Obligation.SetBucketAcl set -> throw ProxyLimits.setsAcl();
        };
    }

    private static OssRefusal unnamed() {
        return new OssRefusal(
                OssError.METHOD_NOT_ALLOWED,
                OssError.METHOD_NOT_ALLOWED.message()
                        + " Not every object that this changes is named outside of the body, so that their ACLs cannot be reset here;"
                        + " name each in a request of its own.");
    }

    private static OssRefusal narrower(Acl standing) {
        return new OssRefusal(
                OssError.ACCESS_DENIED,
                "The object's own ACL, " + standing.text()
                        + ", is narrower than its bucket's. Writing it anew would open it further, and no ACL can be named through this"
                        + " endpoint; have the storage's operator set the object's ACL to private or default first.");
    }
}

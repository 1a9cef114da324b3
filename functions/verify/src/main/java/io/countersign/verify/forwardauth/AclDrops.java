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
 * Carries out the obligations of an allowed request before a proxy passes it on, because no storage confirms them afterwards. An object that is replaced or deleted
 * loses its own ACL first: otherwise the next object under its key would be as public as the old one.
 *
 * @param registry the registry that the next decision reads
 */
record AclDrops(AclWriter writer, KeyRegistry registry) {
    /**
     * The objects that the request changes.
     *
     * @throws OssRefusal MethodNotAllowed when the request does not name every object that it changes; AccessDenied when it names an ACL
     */
    static List<Target.ObjectKey> written(List<VerifyAnswer.Obligation> obligations) throws OssRefusal {
        List<Target.ObjectKey> objects = new ArrayList<>(obligations.size());
        for (VerifyAnswer.Obligation obligation : obligations) {
            objects.add(written(obligation));
        }
        return List.copyOf(objects);
    }

    /**
     * Refuses what {@link #drop} would refuse at this moment, and changes nothing.
     *
     * @throws OssRefusal as {@link #drop}
     */
    void requireDroppable(List<Target.ObjectKey> objects, Instant now) throws OssRefusal, StoreUnavailable {
        for (Target.ObjectKey object : objects) {
            requireDropped(writer.leftByDrop(object.bucket(), object.key(), now));
        }
    }

    /**
     * Drops the ACLs of these objects.
     *
     * @throws OssRefusal AccessDenied when an object has a public ACL that is narrower than its bucket's
     * @throws StoreUnavailable when an ACL may still exist: nothing may pass then
     */
    void drop(List<Target.ObjectKey> objects, Instant now) throws OssRefusal, StoreUnavailable {
        for (Target.ObjectKey object : objects) {
            Acl left = writer.dropBeforeWrite(object.bucket(), object.key(), now);
            registry.forgetObjectAcl(object);
            requireDropped(left);
        }
    }

    private static void requireDropped(Acl left) throws OssRefusal {
        if (left != Acl.DEFAULT && left != Acl.PRIVATE) {
            throw narrower(left);
        }
    }

    private static Target.ObjectKey written(VerifyAnswer.Obligation obligation) throws OssRefusal {
        return switch (obligation) {
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

    private static OssRefusal narrower(Acl current) {
        return new OssRefusal(
                OssError.ACCESS_DENIED,
                "The object's own ACL, " + current.text()
                        + ", is narrower than its bucket's. Writing it anew would open it further, and no ACL can be named through this"
                        + " endpoint; have the storage's operator set the object's ACL to private or default first.");
    }
}

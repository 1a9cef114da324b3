package io.countersign.gateway.store;

import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Target;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.VerifyAnswer.Obligation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out the obligations of allowed requests at the registry, which has the ACLs of the stores' objects. What exposes less is recorded before the store is asked, the
 * rest after it has done its part: no moment of a request, and no failure in it, gives an object a wider ACL than it had and is to have (docs/adr/0017-acls-change-by-obligations.md).
 *
 * @param registry the registry that the next decision reads
 */
record AclChanges(AclWriter writer, KeyRegistry registry) {
    /**
     * Returns the changes that obligations ask for. Nothing is recorded yet.
     *
     * @throws OssRefusal NotImplemented for a change that nobody can record
     */
    static List<Obligation.SetObjectAcl> of(List<Obligation> obligations) throws OssRefusal {
        List<Obligation.SetObjectAcl> changes = new ArrayList<>(obligations.size());
        for (Obligation obligation : obligations) {
            changes.add(change(obligation));
        }
        return List.copyOf(changes);
    }

    /**
     * Records what exposes less.
     *
     * @return what is left for {@link #after}
     * @throws StoreUnavailable nothing may go to the store then
     */
    List<Obligation.SetObjectAcl> before(List<Obligation.SetObjectAcl> changes, Instant now) throws StoreUnavailable {
        List<Obligation.SetObjectAcl> left = new ArrayList<>();
        for (Obligation.SetObjectAcl change : withEffect(changes, now)) {
            Acl own = writer.narrowBeforeWrite(change.bucket(), change.key(), change.acl(), now);
            forget(change);
            if (own != change.acl()) {
                left.add(change);
            }
        }
        return List.copyOf(left);
    }

    /** Records the rest. */
    void after(List<Obligation.SetObjectAcl> changes, Instant now) throws StoreUnavailable {
        for (Obligation.SetObjectAcl change : changes) {
            writer.setObjectAcl(change.bucket(), change.key(), change.acl(), now);
            forget(change);
        }
    }

    /** A request that deletes many objects: few of them have an ACL of their own. */
    private List<Obligation.SetObjectAcl> withEffect(List<Obligation.SetObjectAcl> changes, Instant now)
            throws StoreUnavailable {
        boolean drops = changes.size() > 1
                && changes.stream().allMatch(change -> change.acl() == Acl.DEFAULT)
                && changes.stream()
                                .map(Obligation.SetObjectAcl::bucket)
                                .distinct()
                                .count()
                        == 1;
        if (!drops) {
            return changes;
        }
        Set<String> keys =
                changes.stream().map(Obligation.SetObjectAcl::key).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> own = writer.withOwnAcl(changes.getFirst().bucket(), keys, now);
        changes.stream().filter(change -> !own.contains(change.key())).forEach(this::forget);
        return changes.stream().filter(change -> own.contains(change.key())).toList();
    }

    private void forget(Obligation.SetObjectAcl change) {
        registry.forgetObjectAcl(new Target.ObjectKey(change.bucket(), change.key()));
    }

    private static Obligation.SetObjectAcl change(Obligation obligation) throws OssRefusal {
        return switch (obligation) {
            case Obligation.SetObjectAcl set -> set;
            case Obligation.DropObjectAcl drop -> new Obligation.SetObjectAcl(drop.bucket(), drop.key(), Acl.DEFAULT);
            // The version that is now the current one may be older than the ACL: it gets no access by it.
            case Obligation.TellObjectAcl tell -> new Obligation.SetObjectAcl(tell.bucket(), tell.key(), Acl.DEFAULT);
            case Obligation.DropDeletedObjectAcls deleted -> throw unnamed();
            case Obligation.DropSavedObjectAcls saved -> throw unnamed();
            case Obligation.SetBucketAcl set ->
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED, "The ACL of a bucket is set by PutBucketAcl alone; leave it out.");
        };
    }

    private static OssRefusal unnamed() {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                "Not every object that this changes is named in the request, so that their ACLs cannot be reset; name each.");
    }
}

package io.countersign.registry.manifest;

import io.countersign.oss.Acl;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plans buckets with their domains and regions. A name and a domain have one owner in the whole registry. */
final class BucketPlanner {
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private final ApplyPlan.Planning planning;

    BucketPlanner(ApplyPlan.Planning planning) {
        this.planning = planning;
    }

    ChangeSetBuilder.ChangeSet bucket(Manifest.ManifestBucket named) throws ApplyRefusal, StoreUnavailable {
        SnapshotReader.Snapshot snapshot = planning.snapshot();
        ChangeSetBuilder unit = new ChangeSetBuilder(snapshot, named.at());
        Bucket bucket = named.record();
        ItemKey key = BucketItem.key(bucket.name());
        Optional<Bucket> standing = snapshot.record(key, BucketItem::read);
        refuseForeign(named, standing);
        int mark = unit.size();
        unit.put(key, BucketItem.text(bucket));
        unit.put(BucketItem.ownedKey(bucket.accountId(), bucket.name()), BucketItem.reference(bucket.name()));
        for (String domain : bucket.domains()) {
            refuseServed(domain, named);
            refuseTaken(domain, named);
            unit.put(BucketItem.domainKey(domain), BucketItem.reference(bucket.name()));
        }
        if (standing.isPresent()) {
            release(snapshot, unit, standing.get(), bucket.domains());
        }
        ItemKey region = BucketItem.regionKey(bucket.region());
        if (unit.size() > mark || snapshot.item(region).isEmpty()) {
            // Written with every change of a bucket, so that a prune that saw the region empty notices.
            unit.putShared(region, "{}");
        }
        unit.line(key, mark, label(bucket.name()));
        return unit.build();
    }

    /** Gives up the domains of a bucket that are not wanted, as far as they are its own. */
    static void release(SnapshotReader.Snapshot snapshot, ChangeSetBuilder unit, Bucket bucket, List<String> wanted)
            throws StoreUnavailable {
        for (String domain : bucket.domains()) {
            ItemKey key = BucketItem.domainKey(domain);
            Optional<Item> item = snapshot.item(key);
            boolean own = item.isPresent()
                    && snapshot.record(key, BucketItem::readReference)
                            .filter(bucket.name()::equals)
                            .isPresent();
            if (own && !wanted.contains(domain)) {
                unit.delete(key);
            }
        }
    }

    static String label(String bucket) {
        return "bucket " + bucket;
    }

    private static void refuseForeign(Manifest.ManifestBucket named, Optional<Bucket> standing) throws ApplyRefusal {
        if (standing.isPresent()
                && !standing.get().accountId().equals(named.record().accountId())) {
            throw new ApplyRefusal(
                    named.at(),
                    "the bucket " + named.record().name() + " belongs to the account "
                            + standing.get().accountId()
                            + "; a bucket has one owner: choose another name, or remove it there first");
        }
    }

    /** Such a host is somebody's already: the bucket's whose name it begins with, or this server's own. */
    private void refuseServed(String domain, Manifest.ManifestBucket named) throws ApplyRefusal {
        if (planning.options().bases().covers(domain) || IPV4.matcher(domain).matches()) {
            throw new ApplyRefusal(
                    named.at(),
                    "the domain " + domain
                            + " is an address or is under a base domain, where hosts name their buckets by themselves; take it out, or bind a domain of your own");
        }
    }

    private void refuseTaken(String domain, Manifest.ManifestBucket named) throws ApplyRefusal, StoreUnavailable {
        Optional<String> holder = planning.snapshot().record(BucketItem.domainKey(domain), BucketItem::readReference);
        if (holder.isPresent() && !holder.get().equals(named.record().name())) {
            throw new ApplyRefusal(
                    named.at(),
                    "the domain " + domain + " belongs to the bucket " + holder.get()
                            + "; take it off there first, with an apply of its own");
        }
    }

    /** Plans the ACLs of a bucket's objects, as many to a transaction as it takes. What the storage itself has set is never a leftover. */
    static final class ObjectAclPlanner {
        private final ApplyPlan.Planning planning;
        private final List<ChangeSetBuilder.ChangeSet> units = new ArrayList<>();
        private ChangeSetBuilder unit;

        private ObjectAclPlanner(ApplyPlan.Planning planning, Manifest.ManifestBucket bucket) {
            this.planning = planning;
            this.unit = new ChangeSetBuilder(planning.snapshot(), bucket.at());
        }

        static List<ChangeSetBuilder.ChangeSet> plan(ApplyPlan.Planning planning, Manifest.ManifestBucket bucket)
                throws ApplyRefusal, StoreUnavailable {
            ObjectAclPlanner planner = new ObjectAclPlanner(planning, bucket);
            String name = bucket.record().name();
            for (Map.Entry<String, Acl> acl : bucket.objectAcls().entrySet()) {
                ItemKey key = ObjectAclItem.key(name, acl.getKey());
                planner.room();
                int mark = planner.unit.size();
                planner.unit.put(key, ObjectAclItem.text(acl.getValue(), true));
                planner.unit.line(key, mark, label(key, name));
            }
            for (Item item : planning.snapshot().listed(ObjectAclItem.partition(name), "")) {
                if (!bucket.objectAcls().containsKey(item.key().sort())
                        && Records.read(item, ObjectAclItem::isByManifest)) {
                    planner.leftover(item.key(), name);
                }
            }
            planner.units.add(planner.unit.build());
            return planner.units;
        }

        /** Every ACL of a bucket that goes, whoever set it. */
        static List<ChangeSetBuilder.ChangeSet> removeAll(
                SnapshotReader.Snapshot snapshot, ChangeSetBuilder first, String bucket) {
            List<ChangeSetBuilder.ChangeSet> units = new ArrayList<>();
            ChangeSetBuilder unit = first;
            for (Item item : snapshot.listed(ObjectAclItem.partition(bucket), "")) {
                if (unit.size() == ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                    units.add(unit.build());
                    unit = new ChangeSetBuilder(snapshot, first.at());
                }
                unit.delete(item.key());
                unit.line(ChangeSetBuilder.Outcome.REMOVED, label(item.key(), bucket));
            }
            units.add(unit.build());
            return units;
        }

        static String label(ItemKey key, String bucket) {
            return "objectAcl " + bucket + "/" + key.sort();
        }

        private void leftover(ItemKey key, String bucket) {
            if (planning.options().prune()) {
                room();
                unit.delete(key);
                unit.line(ChangeSetBuilder.Outcome.REMOVED, label(key, bucket));
            } else {
                unit.line(ChangeSetBuilder.Outcome.REPORTED, label(key, bucket));
            }
        }

        private void room() {
            if (unit.size() == ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                units.add(unit.build());
                unit = new ChangeSetBuilder(planning.snapshot(), unit.at());
            }
        }
    }
}

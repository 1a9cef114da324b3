package io.countersign.registry.manifest;

import io.countersign.oss.Acl;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans buckets with their domains and regions. A name and a domain have one owner in the whole registry. */
final class BucketPlanner {

    private final ApplyPlan.Planning planning;

    BucketPlanner(ApplyPlan.Planning planning) {
        this.planning = planning;
    }

    ChangeSetBuilder.ChangeSet bucket(Manifest.ManifestBucket named) throws ApplyRefusal, StoreUnavailable {
        SnapshotReader.Snapshot snapshot = planning.snapshot();
        ChangeSetBuilder changes = new ChangeSetBuilder(snapshot, named.at());
        Bucket bucket = named.record();
        ItemKey key = BucketItem.key(bucket.name());
        Optional<Bucket> stored = snapshot.record(key, BucketItem::read);
        refuseForeign(named, stored);
        int mark = changes.size();
        changes.put(key, BucketItem.text(bucket.created(created(stored))));
        changes.put(BucketItem.ownedKey(bucket.accountId(), bucket.name()), BucketItem.reference(bucket.name()));
        for (String domain : bucket.domains()) {
            refuseServed(domain, named);
            refuseTaken(domain, named);
            changes.put(BucketItem.domainKey(domain), BucketItem.reference(bucket.name()));
        }
        if (stored.isPresent()) {
            release(snapshot, changes, stored.get(), bucket.domains());
            ReopenedNotes.acl(named.at(), label(bucket.name()), stored.get().acl(), bucket.acl())
                    .ifPresent(changes::reopens);
            ReopenedNotes.keys(named.at(), bucket.name(), stored.get().upstream(), bucket.upstream())
                    .ifPresent(changes::reopens);
        }
        new UpstreamPlanner(planning, changes).plan(named, stored);
        ItemKey region = BucketItem.regionKey(bucket.region());
        if (changes.size() > mark || snapshot.item(region).isEmpty()) {
            // Written with every change of a bucket, so that a concurrent prune that found the region empty conflicts.
            changes.putShared(region, "{}");
        }
        changes.line(key, mark, label(bucket.name()));
        return changes.build();
    }

    /** A bucket keeps the moment of its first apply. OSS's documents have whole seconds. */
    private Optional<Instant> created(Optional<Bucket> stored) {
        return stored.isPresent()
                ? stored.get().created()
                : Optional.of(planning.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Releases the domains of a bucket that are no longer wanted, if they belong to it. */
    static void release(SnapshotReader.Snapshot snapshot, ChangeSetBuilder changes, Bucket bucket, List<String> wanted)
            throws StoreUnavailable {
        for (String domain : bucket.domains()) {
            ItemKey key = BucketItem.domainKey(domain);
            Optional<Item> item = snapshot.item(key);
            boolean own = item.isPresent()
                    && snapshot.record(key, BucketItem::readReference)
                            .filter(bucket.name()::equals)
                            .isPresent();
            if (own && !wanted.contains(domain)) {
                changes.delete(key);
            }
        }
    }

    static String label(String bucket) {
        return "bucket " + bucket;
    }

    private static void refuseForeign(Manifest.ManifestBucket named, Optional<Bucket> stored) throws ApplyRefusal {
        if (stored.isPresent()
                && !stored.get().accountId().equals(named.record().accountId())) {
            throw new ApplyRefusal(
                    named.at(),
                    "the bucket " + named.record().name() + " belongs to the account "
                            + stored.get().accountId()
                            + "; a bucket has one owner: choose another name, or remove it there first");
        }
    }

    /** A host under a base domain already belongs to the bucket that it names, or to the server itself. */
    private void refuseServed(String domain, Manifest.ManifestBucket named) throws ApplyRefusal {
        if (planning.options().bases().covers(domain) || IdSyntax.isIpv4(domain)) {
            throw new ApplyRefusal(
                    named.at(),
                    "the domain " + domain
                            + " is an address or is under a base domain, where hosts name their buckets by themselves;"
                            + " take it out, or bind a domain of your own");
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

    /**
     * Plans the ACLs of a bucket's objects in as few transactions as possible. ACLs that the storage set are never
     * removed by prune.
     */
    static final class ObjectAclPlanner {
        private final ApplyPlan.Planning planning;
        private final List<ChangeSetBuilder.ChangeSet> changeSets = new ArrayList<>();
        private ChangeSetBuilder changes;

        private ObjectAclPlanner(ApplyPlan.Planning planning, Manifest.ManifestBucket bucket) {
            this.planning = planning;
            this.changes = new ChangeSetBuilder(planning.snapshot(), bucket.at());
        }

        static List<ChangeSetBuilder.ChangeSet> plan(ApplyPlan.Planning planning, Manifest.ManifestBucket bucket)
                throws ApplyRefusal, StoreUnavailable {
            ObjectAclPlanner planner = new ObjectAclPlanner(planning, bucket);
            String name = bucket.record().name();
            Optional<Acl> ofBucket = planning.snapshot()
                    .record(BucketItem.key(name), BucketItem::read)
                    .map(Bucket::acl);
            for (Map.Entry<String, Acl> acl : bucket.objectAcls().entrySet()) {
                ItemKey key = ObjectAclItem.key(name, acl.getKey());
                planner.room();
                int mark = planner.changes.size();
                planner.opened(bucket, ofBucket, acl.getKey(), acl.getValue()).ifPresent(planner.changes::reopens);
                planner.changes.put(key, ObjectAclItem.text(acl.getValue(), true));
                planner.changes.line(key, mark, label(key, name));
            }
            for (Item item : planning.snapshot().listed(ObjectAclItem.partition(name), "")) {
                if (!bucket.objectAcls().containsKey(item.key().sort())
                        && Records.read(item, ObjectAclItem::isByManifest)) {
                    planner.unnamed(item, bucket);
                }
            }
            planner.changeSets.add(planner.changes.build());
            return planner.changeSets;
        }

        /**
         * The note on an ACL that opens an object.
         *
         * @param ofBucket the bucket's, where the bucket was stored before
         */
        private Optional<PolicyNote> opened(
                Manifest.ManifestBucket bucket, Optional<Acl> ofBucket, String object, Acl named)
                throws StoreUnavailable {
            String name = bucket.record().name();
            Optional<Acl> own = planning.snapshot().record(ObjectAclItem.key(name, object), ObjectAclItem::read);
            return own.isPresent()
                    ? ReopenedNotes.acl(bucket.at(), "object " + name + "/" + object, own.get(), named)
                    : ofBucket.flatMap(
                            stored -> ReopenedNotes.objectAcl(bucket.at(), name + "/" + object, stored, named));
        }

        /** Removes every object ACL of a bucket that is removed, regardless of who set it. */
        static List<ChangeSetBuilder.ChangeSet> removeAll(
                SnapshotReader.Snapshot snapshot, ChangeSetBuilder first, String bucket) {
            List<ChangeSetBuilder.ChangeSet> changeSets = new ArrayList<>();
            ChangeSetBuilder changes = first;
            for (Item item : snapshot.listed(ObjectAclItem.partition(bucket), "")) {
                if (changes.size() == ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                    changeSets.add(changes.build());
                    changes = new ChangeSetBuilder(snapshot, first.at());
                }
                changes.delete(item.key());
                changes.line(ChangeSetBuilder.Outcome.REMOVED, label(item.key(), bucket));
            }
            changeSets.add(changes.build());
            return changeSets;
        }

        static String label(ItemKey key, String bucket) {
            return "objectAcl " + bucket + "/" + key.sort();
        }

        private void unnamed(Item item, Manifest.ManifestBucket bucket) throws StoreUnavailable {
            ItemKey key = item.key();
            String name = bucket.record().name();
            if (planning.options().prune()) {
                room();
                Acl own = Records.read(item, ObjectAclItem::read);
                ReopenedNotes.removedAcl(
                                bucket.at(),
                                name + "/" + key.sort(),
                                own,
                                bucket.record().acl())
                        .ifPresent(changes::reopens);
                changes.delete(key);
                changes.line(ChangeSetBuilder.Outcome.REMOVED, label(key, name));
            } else {
                changes.line(ChangeSetBuilder.Outcome.REPORTED, label(key, name));
            }
        }

        private void room() {
            if (changes.size() == ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                changeSets.add(changes.build());
                changes = new ChangeSetBuilder(planning.snapshot(), changes.at());
            }
        }
    }
}

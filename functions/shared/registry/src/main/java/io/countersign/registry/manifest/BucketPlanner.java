package io.countersign.registry.manifest;

import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plans buckets with their domains and regions. A name and a domain have one owner in the whole registry. */
final class BucketPlanner {
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private final Planning planning;

    BucketPlanner(Planning planning) {
        this.planning = planning;
    }

    Unit bucket(ManifestBucket named) throws ApplyRefusal, StoreUnavailable {
        Snapshot snapshot = planning.snapshot();
        UnitBuilder unit = new UnitBuilder(snapshot, named.at());
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
    static void release(Snapshot snapshot, UnitBuilder unit, Bucket bucket, List<String> wanted)
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

    private static void refuseForeign(ManifestBucket named, Optional<Bucket> standing) throws ApplyRefusal {
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
    private void refuseServed(String domain, ManifestBucket named) throws ApplyRefusal {
        if (planning.options().bases().covers(domain) || IPV4.matcher(domain).matches()) {
            throw new ApplyRefusal(
                    named.at(),
                    "the domain " + domain
                            + " is an address or is under a base domain, where hosts name their buckets by themselves; take it out, or bind a domain of your own");
        }
    }

    private void refuseTaken(String domain, ManifestBucket named) throws ApplyRefusal, StoreUnavailable {
        Optional<String> holder = planning.snapshot().record(BucketItem.domainKey(domain), BucketItem::readReference);
        if (holder.isPresent() && !holder.get().equals(named.record().name())) {
            throw new ApplyRefusal(
                    named.at(),
                    "the domain " + domain + " belongs to the bucket " + holder.get()
                            + "; take it off there first, with an apply of its own");
        }
    }
}

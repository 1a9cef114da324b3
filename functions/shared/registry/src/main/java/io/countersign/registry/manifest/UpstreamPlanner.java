package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Upstream;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import java.util.Optional;

/**
 * Plans what belongs to a bucket's upstream: the sealed key of the store, and the item that reserves the physical bucket.
 * Two buckets over one physical bucket would each open what the other closes.
 */
final class UpstreamPlanner {
    private final ApplyPlan.Planning planning;
    private final ChangeSetBuilder changes;

    UpstreamPlanner(ApplyPlan.Planning planning, ChangeSetBuilder changes) {
        this.planning = planning;
        this.changes = changes;
    }

    void plan(Manifest.ManifestBucket named, Optional<Bucket> stored) throws ApplyRefusal, StoreUnavailable {
        Optional<Upstream> upstream = named.record().upstream();
        String bucket = named.record().name();
        if (upstream.isPresent()) {
            refuseForbidden(upstream.get(), named.at());
            reserve(upstream.get(), bucket, named.at());
        }
        if (upstream.isPresent() && named.upstreamSecret().isPresent()) {
            keep(bucket, upstream.get().signer(), named.upstreamSecret().get(), named.at());
        } else {
            changes.delete(UpstreamKeyItem.key(bucket));
        }
        if (stored.isPresent()) {
            release(planning.snapshot(), changes, stored.get(), upstream);
        }
    }

    /** Releases the physical bucket unless it is still wanted, if it belongs to the bucket. */
    static void release(
            SnapshotReader.Snapshot snapshot, ChangeSetBuilder changes, Bucket bucket, Optional<Upstream> wanted)
            throws StoreUnavailable {
        if (bucket.upstream().isEmpty()) {
            return;
        }
        ItemKey key = BucketItem.physicalKey(bucket.upstream().get());
        boolean own = snapshot.record(key, BucketItem::readReference)
                .filter(bucket.name()::equals)
                .isPresent();
        if (own && !wanted.map(BucketItem::physicalKey).equals(Optional.of(key))) {
            changes.delete(key);
        }
    }

    private void refuseForbidden(Upstream upstream, Value.Location at) throws ApplyRefusal {
        Optional<String> objection = planning.options().upstreams().objection(upstream.endpoint());
        if (objection.isPresent()) {
            throw new ApplyRefusal(at, objection.get());
        }
    }

    private void reserve(Upstream upstream, String bucket, Value.Location at) throws ApplyRefusal, StoreUnavailable {
        ItemKey key = BucketItem.physicalKey(upstream);
        Optional<String> holder = planning.snapshot().record(key, BucketItem::readReference);
        if (holder.isPresent() && !holder.get().equals(bucket)) {
            throw new ApplyRefusal(
                    at,
                    "the upstream's bucket " + upstream.bucket() + " is behind the bucket " + holder.get()
                            + "; a bucket of a store is behind one bucket: name another, or take it off there first, with an apply of its own");
        }
        changes.put(key, BucketItem.reference(bucket));
    }

    /** Writes the key only where the id or the secret is another, so that applying again changes nothing. */
    private void keep(String bucket, Upstream.Signer signer, Secret secret, Value.Location at)
            throws ApplyRefusal, StoreUnavailable {
        ItemKey item = UpstreamKeyItem.key(bucket);
        String id =
                switch (signer) {
                    case Upstream.Signer.User user -> throw new IllegalStateException("a user has its own keys");
                    case Upstream.Signer.ForeignKey key -> key.accessKeyId();
                };
        try {
            Optional<UpstreamKeyItem.SealedKey> held = planning.snapshot().record(item, UpstreamKeyItem::read);
            if (held.isPresent()
                    && held.get().id().equals(id)
                    && planning.sealer().holds(held.get().sealed(), held.get().sealIdentity(), secret)) {
                return;
            }
            UpstreamKeyItem.SealedKey made = new UpstreamKeyItem.SealedKey(item, id, "");
            changes.put(
                    item, UpstreamKeyItem.text(made.resealed(planning.sealer().seal(secret, made.sealIdentity()))));
        } catch (SealingException e) {
            throw new ApplyRefusal(at, e.getMessage());
        }
    }
}

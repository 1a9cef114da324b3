package io.countersign.gateway.store;

import io.countersign.registry.Bucket;
import io.countersign.registry.keys.BucketListing;
import io.countersign.registry.keys.UpstreamListing;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.BucketQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Lists buckets of the registry. It may wait. */
public record RegistryBuckets(RegistryStore store, InstantSource clock) {
    /** Returns those that have a store behind them, of all accounts. */
    List<Bucket> withStores() throws StoreUnavailable {
        return new UpstreamListing(store, clock.instant()).buckets();
    }

    /** Returns those of an account. */
    BucketListing.Listed of(String account, BucketQuery query, Instant now) throws StoreUnavailable {
        return new BucketListing(store, now).of(account, query.prefix(), query.marker(), query.maxKeys());
    }
}

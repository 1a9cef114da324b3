package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.policy.Principal;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up all records of a request in one call. */
final class FactsLookups {
    private final ReadCache cache;
    private final Lookups.ValidLookups valid;

    FactsLookups(ReadCache cache, Lookups.ValidLookups valid) {
        this.cache = cache;
        this.valid = valid;
    }

    List<Lookups.Lookup<?>> lookups(Facts.Query query) {
        return Wanted.of(query, valid).all();
    }

    Facts load(Facts.Query query, ReadCache.Ahead ahead, Instant now) throws StoreUnavailable {
        Wanted wanted = Wanted.of(query, valid);
        ReadCache.Found found = cache.load(wanted.all(), ahead, now);
        Optional<Facts.Identity> identity =
                wanted.identity().isPresent() ? identity(wanted.identity().get(), found, now) : Optional.empty();
        return new Facts(identity, buckets(wanted.buckets(), found), objectAcl(wanted.objectAcl(), found));
    }

    private static Map<String, Bucket> buckets(List<Lookups.Lookup<Bucket>> wanted, ReadCache.Found found) {
        if (wanted.size() == 1) {
            Optional<Bucket> only = found.get(wanted.getFirst());
            return only.isPresent() ? Map.of(only.get().name(), only.get()) : Map.of();
        }
        Map<String, Bucket> known = new HashMap<>();
        for (Lookups.Lookup<Bucket> bucket : wanted) {
            found.get(bucket).ifPresent(record -> known.put(record.name(), record));
        }
        return known;
    }

    /** Empty for an object that follows its bucket. */
    private static Optional<Acl> objectAcl(Optional<Lookups.Lookup<Acl>> wanted, ReadCache.Found found) {
        Optional<Acl> acl = wanted.isPresent() ? found.get(wanted.get()) : Optional.empty();
        return acl.isPresent() && acl.get() != Acl.DEFAULT ? acl : Optional.empty();
    }

    private record Wanted(
            List<Lookups.Lookup<Bucket>> buckets,
            Optional<IdentityLookups> identity,
            Optional<Lookups.Lookup<Acl>> objectAcl) {
        static Wanted of(Facts.Query query, Lookups.ValidLookups valid) {
            List<Lookups.Lookup<Bucket>> buckets =
                    new ArrayList<>(query.buckets().size());
            for (String name : query.buckets()) {
                valid.bucket(name).ifPresent(buckets::add);
            }
            return new Wanted(
                    buckets,
                    query.accessKeyId()
                            .flatMap(valid::accessKey)
                            .map(key -> new IdentityLookups(key, valid.principal(key))),
                    query.object().flatMap(valid::objectAcl));
        }

        List<Lookups.Lookup<?>> all() {
            List<Lookups.Lookup<?>> all = new ArrayList<>(buckets.size() + 3);
            for (Lookups.Lookup<Bucket> bucket : buckets) {
                all.add(bucket);
            }
            if (identity.isPresent()) {
                all.add(identity.get().key());
                all.add(identity.get().principal());
            }
            objectAcl.ifPresent(all::add);
            return all;
        }
    }

    private record IdentityLookups(Lookups.Lookup<Lookups.Key> key, Lookups.Lookup<Principal> principal) {}

    /**
     * A key and its principal are written together. Cached at different moments, one may be present and the other
     * absent; both are then read again.
     */
    private Optional<Facts.Identity> identity(IdentityLookups of, ReadCache.Found found, Instant now)
            throws StoreUnavailable {
        Optional<Facts.AccessKeyRecord> key = record(of.key(), found);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<Principal> principal = found.get(of.principal());
        if (principal.isEmpty()) {
            ReadCache.Found again = cache.loadAgain(List.of(of.key(), of.principal()), now);
            key = record(of.key(), again);
            principal = again.get(of.principal());
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(identity(key.get(), principal));
    }

    private static Optional<Facts.AccessKeyRecord> record(Lookups.Lookup<Lookups.Key> key, ReadCache.Found found) {
        return found.get(key).flatMap(Lookups.Key::record);
    }

    private static Facts.Identity identity(Facts.AccessKeyRecord key, Optional<Principal> principal)
            throws StoreUnavailable {
        return new Facts.Identity(
                key,
                principal.orElseThrow(() -> new StoreUnavailable("the access key " + key.id()
                        + " is in the registry without its owner; apply the manifest again")));
    }
}

package io.countersign.registry;

import io.countersign.policy.Principal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the key that signs for a bucket or a role. The bucket or role names its signer, and the signer names its
 * keys; the path is remembered for the read-ahead.
 */
final class SignerKeys {
    private static final Comparator<Facts.AccessKeyRecord> BY_AGE =
            Comparator.comparing(Facts.AccessKeyRecord::createdAt).thenComparing(Facts.AccessKeyRecord::id);

    private final ReadCache cache;
    private final Lookups lookups;
    private final ReadAheadPlanner.LinkCache links;

    SignerKeys(ReadCache cache, Lookups lookups, ReadAheadPlanner.LinkCache links) {
        this.cache = cache;
        this.lookups = lookups;
        this.links = links;
    }

    Optional<Facts.Signer> of(Bucket bucket, Instant now) throws StoreUnavailable {
        ReadAheadPlanner.Link link = ReadAheadPlanner.Link.signer(BucketItem.key(bucket.name()));
        return of(link, bucket.accountId(), bucket.signer(), now);
    }

    Optional<Facts.Signer> of(Role role, Instant now) throws StoreUnavailable {
        ReadAheadPlanner.Link link = ReadAheadPlanner.Link.signer(RoleItem.key(role.accountId(), role.name()));
        return of(link, role.accountId(), role.signer(), now);
    }

    /** The key that signs for the store behind a bucket. */
    Optional<AccessKey> ofUpstream(Bucket bucket, Upstream.Signer signer, Instant now) throws StoreUnavailable {
        return switch (signer) {
            case Upstream.Signer.User user ->
                of(
                                ReadAheadPlanner.Link.upstreamSigner(BucketItem.key(bucket.name())),
                                bucket.accountId(),
                                Optional.of(user.name()),
                                now)
                        .map(Facts.Signer::key);
            // The key in force, also while the bucket is still remembered with a former one.
            case Upstream.Signer.ForeignKey foreign -> cache.load(lookups.upstreamKey(bucket.name()), List::of, now);
        };
    }

    /** The lookups that choosing a bucket's key needs, from the cached records and the remembered path. */
    List<Lookups.Lookup<?>> ahead(Lookups.Lookup<Bucket> of, Instant now) {
        List<Lookups.Lookup<?>> all = new ArrayList<>(links.from(ReadAheadPlanner.Link.signer(of.key())));
        Optional<Bucket> bucket = cache.remembered(of, now);
        Optional<String> signer = bucket.flatMap(Bucket::signer);
        if (bucket.isPresent() && signer.isPresent()) {
            Lookups.Lookup<RamUser> user = lookups.user(bucket.get().accountId(), signer.get());
            all.add(user);
            all.addAll(keys(cache.remembered(user, now)));
        }
        return all;
    }

    /** @param signer the name of a user of the account */
    private Optional<Facts.Signer> of(
            ReadAheadPlanner.Link link, String accountId, Optional<String> signer, Instant now)
            throws StoreUnavailable {
        if (signer.isEmpty()) {
            return Optional.empty();
        }
        Lookups.Lookup<RamUser> lookup = lookups.user(accountId, signer.get());
        Optional<RamUser> user = cache.load(lookup, () -> links.from(link), now);
        List<Lookups.Lookup<Lookups.Key>> keys = keys(user);
        List<Facts.AccessKeyRecord> active = active(keys, now);
        if (active.isEmpty() && !cache.isNewer(lookup, keys)) {
            // Keys are disabled and replaced in one transaction: the user's record, read before the keys, may not name
            // the new one yet.
            user = cache.loadAgain(List.of(lookup), now).get(lookup);
            keys = keys(user);
            active = active(keys, now);
        }
        Optional<AccessKey> key = choose(active, now).map(Facts.AccessKeyRecord::accessKey);
        if (key.isPresent()) {
            links.remember(
                    link,
                    Stream.<Lookups.Lookup<?>>concat(Stream.of(lookup), keys.stream())
                            .toList());
        }
        Optional<Principal.RamUser> principal = user.map(RamUser::principal);
        return key.flatMap(chosen -> principal.map(who -> new Facts.Signer(chosen, who)));
    }

    private List<Lookups.Lookup<Lookups.Key>> keys(Optional<RamUser> user) {
        return user.stream()
                .flatMap(record -> record.accessKeyIds().stream())
                .map(lookups::accessKey)
                .toList();
    }

    private List<Facts.AccessKeyRecord> active(List<Lookups.Lookup<Lookups.Key>> keys, Instant now)
            throws StoreUnavailable {
        ReadCache.Found found = cache.load(List.copyOf(keys), now);
        return keys.stream()
                .flatMap(key -> found.get(key).flatMap(Lookups.Key::record).stream())
                .filter(key -> key.status() == KeyStatus.ACTIVE)
                .toList();
    }

    /** A new key waits only while an older one can sign. When no key is due, the one that is due first signs. */
    private static Optional<Facts.AccessKeyRecord> choose(List<Facts.AccessKeyRecord> active, Instant now) {
        Optional<Facts.AccessKeyRecord> due =
                active.stream().filter(key -> !key.signsFrom().isAfter(now)).max(BY_AGE);
        return due.isPresent()
                ? due
                : active.stream()
                        .min(Comparator.comparing(Facts.AccessKeyRecord::signsFrom)
                                .thenComparing(BY_AGE));
    }
}

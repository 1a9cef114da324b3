package io.countersign.registry;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the key that signs for a bucket or a role. When cold it costs two batches: the signer names its keys, then they are read. */
final class SignerKeys {
    private static final Comparator<AccessKeyRecord> BY_AGE =
            Comparator.comparing(AccessKeyRecord::createdAt).thenComparing(AccessKeyRecord::id);

    private final ReadCache cache;
    private final Lookups lookups;

    SignerKeys(ReadCache cache, Lookups lookups) {
        this.cache = cache;
        this.lookups = lookups;
    }

    /** @param signer the name of a user of the account */
    Optional<AccessKey> of(String accountId, Optional<String> signer, Instant now) throws StoreUnavailable {
        if (signer.isEmpty()) {
            return Optional.empty();
        }
        Lookup<RamUser> user = lookups.user(accountId, signer.get());
        List<Lookup<Lookups.Key>> keys = named(cache.load(user, now));
        List<AccessKeyRecord> active = active(keys, now);
        if (active.isEmpty() && !cache.isNewer(user, keys)) {
            // Keys are put out of use and replaced at once: the user's record, read before them, may not name the new
            // one yet.
            active = active(named(cache.loadAgain(List.of(user), now).get(user)), now);
        }
        return choose(active, now).map(AccessKeyRecord::accessKey);
    }

    private List<Lookup<Lookups.Key>> named(Optional<RamUser> user) {
        return user.stream()
                .flatMap(record -> record.accessKeyIds().stream())
                .map(lookups::accessKey)
                .toList();
    }

    private List<AccessKeyRecord> active(List<Lookup<Lookups.Key>> keys, Instant now) throws StoreUnavailable {
        ReadCache.Found found = cache.load(List.copyOf(keys), now);
        return keys.stream()
                .flatMap(key -> found.get(key).flatMap(Lookups.Key::record).stream())
                .filter(key -> key.status() == KeyStatus.ACTIVE)
                .toList();
    }

    /** A new key waits only while an older one can sign: when none is due, the one that would be due first is taken. */
    private static Optional<AccessKeyRecord> choose(List<AccessKeyRecord> active, Instant now) {
        Optional<AccessKeyRecord> due =
                active.stream().filter(key -> !key.signsFrom().isAfter(now)).max(BY_AGE);
        return due.isPresent()
                ? due
                : active.stream()
                        .min(Comparator.comparing(AccessKeyRecord::signsFrom).thenComparing(BY_AGE));
    }
}

package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.policy.Principal;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reading side of the registry, for any number of threads. Answers are at most as old as {@link CacheBounds} says, by the caller's
 * {@code now}, which must be the present and not a moment under examination. Each method throws {@link StoreUnavailable} when the store does
 * not answer or holds what cannot be read: the caller then allows nothing.
 */
public final class KeyRegistry {
    private final ReadCache cache;
    private final Lookups lookups;
    private final SignerKeys signerKeys;
    private final SessionLookups sessions;
    private final Probe probe;

    public KeyRegistry(RegistryStore store, Sealer sealer, CacheBounds bounds) {
        this.cache = new ReadCache(store, bounds);
        this.lookups = new Lookups(sealer);
        this.signerKeys = new SignerKeys(cache, lookups);
        this.sessions = new SessionLookups(cache, lookups);
        this.probe = new Probe(store);
    }

    /** All that a request needs to know: one store batch when nothing is remembered (for each 100 keys), none when everything is. */
    public Facts load(FactsQuery query, Instant now) throws StoreUnavailable {
        Optional<String> id = query.accessKeyId().filter(Shapes::isAccessKeyId);
        Optional<Lookup<Lookups.Key>> key = id.map(lookups::accessKey);
        Optional<Lookup<Principal>> principal = id.map(lookups::principal);
        Optional<Lookup<Acl>> objectAcl = query.object()
                .filter(KeyRegistry::canExist)
                .map(object -> lookups.objectAcl(object.bucket(), object.key()));
        List<Lookup<Bucket>> buckets = query.buckets().stream()
                .filter(Shapes::isBucket)
                .map(lookups::bucket)
                .toList();

        List<Lookup<?>> all = new ArrayList<>(buckets);
        key.ifPresent(all::add);
        principal.ifPresent(all::add);
        objectAcl.ifPresent(all::add);
        ReadCache.Found found = cache.load(all, now);

        Map<String, Bucket> known = new HashMap<>();
        for (Lookup<Bucket> bucket : buckets) {
            found.get(bucket).ifPresent(record -> known.put(record.name(), record));
        }
        Optional<Identity> identity = key.isPresent() && principal.isPresent()
                ? identity(key.get(), principal.get(), found, now)
                : Optional.empty();
        return new Facts(identity, known, objectAcl.flatMap(found::get).filter(acl -> acl != Acl.DEFAULT));
    }

    /** Key and principal come and go together; read at different moments, one of them may be remembered and the other gone. */
    private Optional<Identity> identity(
            Lookup<Lookups.Key> key, Lookup<Principal> principal, ReadCache.Found found, Instant now)
            throws StoreUnavailable {
        boolean apart = record(key, found).isPresent() && found.get(principal).isEmpty();
        ReadCache.Found together = apart ? cache.loadAgain(List.of(key, principal), now) : found;
        Optional<AccessKeyRecord> record = record(key, together);
        return record.isEmpty() ? Optional.empty() : Optional.of(identity(record.get(), together.get(principal)));
    }

    private static Optional<AccessKeyRecord> record(Lookup<Lookups.Key> key, ReadCache.Found found) {
        return found.get(key).flatMap(Lookups.Key::record);
    }

    /** The one provider of this exact issuer and audience, in any account. */
    public Optional<OidcProvider> provider(String issuer, String audience, Instant now) throws StoreUnavailable {
        return Shapes.isIssuerOrAudience(issuer) && Shapes.isIssuerOrAudience(audience)
                ? cache.load(lookups.provider(issuer, audience), now)
                : Optional.empty();
    }

    public Optional<Role> role(String accountId, String name, Instant now) throws StoreUnavailable {
        return Shapes.isAccountId(accountId) && Shapes.isRamName(name)
                ? cache.load(lookups.role(accountId, name), now)
                : Optional.empty();
    }

    /**
     * The name of the bucket that a custom domain belongs to.
     *
     * @param host in lower case, without a port
     */
    public Optional<String> bucketOfDomain(String host, Instant now) throws StoreUnavailable {
        return Shapes.isDomain(host) ? cache.load(lookups.domain(host), now) : Optional.empty();
    }

    /** The key that signs for a bucket: the newest Active one of its signer that may sign; empty when there is no signer or no such key. */
    public Optional<AccessKey> signerKey(Bucket bucket, Instant now) throws StoreUnavailable {
        return signerKeys.of(bucket.accountId(), bucket.signer(), now);
    }

    /** The key that asks Alibaba Cloud's STS for a role's sessions, chosen likewise; empty when there is no signer or no such key. */
    public Optional<AccessKey> signerKey(Role role, Instant now) throws StoreUnavailable {
        return signerKeys.of(role.accountId(), role.signer(), now);
    }

    /** Whether some bucket of the registry is in that region. */
    public boolean isRegion(String region, Instant now) throws StoreUnavailable {
        return Shapes.isRegion(region)
                && cache.load(lookups.region(region), now).isPresent();
    }

    /** What a session rests on, as it is now: one store batch when nothing is remembered, none when everything is. */
    public SessionFacts session(SessionQuery query, Instant now) throws StoreUnavailable {
        return sessions.load(query, now);
    }

    /** The keys that security tokens are sealed under and opened with; none when no manifest was ever applied. */
    public TokenKeyRing tokenKeys(Instant now) throws StoreUnavailable {
        return cache.load(lookups.tokenKeys(), now).orElse(new TokenKeyRing(List.of()));
    }

    /** Asks the store whether it answers, once a second at most; in between its last answer stands. */
    public void probe(Instant now) throws StoreUnavailable {
        probe.ask(now);
    }

    private static boolean canExist(Target.ObjectKey object) {
        return Shapes.isBucket(object.bucket()) && Shapes.isObjectKey(object.key());
    }

    private static Identity identity(AccessKeyRecord key, Optional<Principal> principal) throws StoreUnavailable {
        return new Identity(
                key,
                principal.orElseThrow(() -> new StoreUnavailable("the access key " + key.id()
                        + " stands in the registry without its owner; apply the manifest again")));
    }
}

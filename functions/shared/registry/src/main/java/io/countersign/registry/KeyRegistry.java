package io.countersign.registry;

import io.countersign.oss.Target;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reading side of the registry, with a bounded cache. Safe for use by any number of threads.
 *
 * <p>Answers are at most as old as the {@link CacheSettings.Bounds} by the caller's {@code now}, which must be
 * the present. Each method throws {@link StoreUnavailable} when the store does not answer or holds a record that
 * cannot be read; the caller must then allow nothing.
 *
 * <p>A lookup that has to read the store reads the records of its {@link ReadAhead} in the same batch (docs/adr/0026-read-ahead.md).
 * A request of a kind that was served before costs one batch when the cache has expired and none otherwise. The
 * read-ahead never changes an answer.
 */
public final class KeyRegistry {
    private final ReadCache cache;
    private final Lookups lookups;
    private final Lookups.ValidLookups valid;
    private final ReadAheadPlanner.LinkCache links;
    private final FactsLookups facts;
    private final SignerKeys signerKeys;
    private final SessionLookups sessions;
    private final ReadAheadPlanner planner;
    private final Probe probe;

    public KeyRegistry(RegistryStore store, Sealer sealer, CacheSettings.Bounds bounds) {
        this.cache = new ReadCache(store, bounds);
        this.lookups = new Lookups(sealer);
        this.valid = new Lookups.ValidLookups(lookups);
        this.links = new ReadAheadPlanner.LinkCache(bounds.entries());
        this.facts = new FactsLookups(cache, valid);
        this.signerKeys = new SignerKeys(cache, lookups, links);
        this.sessions = new SessionLookups(cache, lookups, links);
        this.planner = new ReadAheadPlanner(cache, lookups, valid, links, facts, sessions, signerKeys);
        this.probe = new Probe(store, sealer);
    }

    /** As {@link #load(Facts.Query, ReadAhead, Instant)}, without read-ahead. */
    public Facts load(Facts.Query query, Instant now) throws StoreUnavailable {
        return load(query, ReadAhead.NOTHING, now);
    }

    /**
     * Looks up the records of a request: one batch for each 100 keys when none is cached, none when all are.
     *
     * @param ahead the request's later lookups
     */
    public Facts load(Facts.Query query, ReadAhead ahead, Instant now) throws StoreUnavailable {
        return facts.load(query, () -> planner.lookups(ahead, now), now);
    }

    /**
     * Returns the providers of an issuer by audience, in any account. Issuer and audiences are compared exactly; an
     * audience without a provider is left out.
     */
    public Map<String, OidcProvider> providers(
            String issuer, Collection<String> audiences, ReadAhead ahead, Instant now) throws StoreUnavailable {
        Map<String, Lookups.Lookup<OidcProvider>> wanted = new LinkedHashMap<>();
        for (String audience : audiences) {
            valid.provider(issuer, audience).ifPresent(lookup -> wanted.put(audience, lookup));
        }
        ReadCache.Found found = cache.load(List.copyOf(wanted.values()), () -> planner.lookups(ahead, now), now);
        Map<String, OidcProvider> providers = new LinkedHashMap<>();
        int index = 0;
        for (var lookup : wanted.entrySet()) {
            // A token may name thousands of audiences.
            found.at(index, lookup.getValue()).ifPresent(provider -> providers.put(lookup.getKey(), provider));
            index++;
        }
        return Collections.unmodifiableMap(providers);
    }

    public Optional<Role> role(String accountId, String name, ReadAhead ahead, Instant now) throws StoreUnavailable {
        ReadAhead all = ReadAhead.of(new ReadAhead.Hint.OfRole(accountId, name)).and(ahead);
        return load(valid.role(accountId, name), all, now);
    }

    /**
     * Returns the role of a verified token, and remembers the path from the token's audience to the role for the
     * read-ahead.
     *
     * @param accountId the provider's
     */
    public Optional<Role> role(
            ReadAhead.Hint.OfRoleOf token, String accountId, String name, ReadAhead ahead, Instant now)
            throws StoreUnavailable {
        Optional<Role> role = role(accountId, name, ahead, now);
        if (role.isPresent()) {
            valid.provider(token.issuer(), token.audience())
                    .ifPresent(provider -> links.remember(
                            ReadAheadPlanner.Link.role(
                                    provider.key(), token.role().orElse("")),
                            List.of(lookups.role(accountId, name))));
        }
        return role;
    }

    /** Returns an upload of an account. */
    public Optional<Upload> upload(String accountId, String name, ReadAhead ahead, Instant now)
            throws StoreUnavailable {
        return load(valid.upload(accountId, name), ahead, now);
    }

    /**
     * Returns the name of the bucket that a custom domain belongs to.
     *
     * @param host in lower case, without a port
     */
    public Optional<String> bucketOfDomain(String host, ReadAhead ahead, Instant now) throws StoreUnavailable {
        Optional<Lookups.Lookup<String>> domain = valid.domain(host);
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> bucket = load(domain, ahead, now);
        ReadAheadPlanner.Link link = ReadAheadPlanner.Link.bucketOf(domain.get().key());
        bucket.ifPresentOrElse(name -> links.remember(link, List.of(lookups.bucket(name))), () -> links.forget(link));
        return bucket;
    }

    /**
     * Returns the bucket that a custom domain belonged to at its last lookup, however long ago. Use it for read-ahead
     * only.
     */
    public Optional<String> lastBucketOfDomain(String host) {
        return valid.domain(host).stream()
                .flatMap(domain -> links.from(ReadAheadPlanner.Link.bucketOf(domain.key())).stream())
                .map(bucket -> BucketItem.name(bucket.key()))
                .findFirst();
    }

    /**
     * Returns the signer of a bucket with its newest Active key that may sign; empty when there is no signer or no
     * such key.
     */
    public Optional<Facts.Signer> signer(Bucket bucket, Instant now) throws StoreUnavailable {
        return signerKeys.of(bucket, now);
    }

    /**
     * Returns the key that signs for the store behind a bucket: the newest Active key of its signer that may sign, or the
     * store's own.
     *
     * @param upstream the bucket's
     * @return empty when there is no such key
     */
    public Optional<AccessKey> upstreamKey(Bucket bucket, Upstream upstream, Instant now) throws StoreUnavailable {
        return signerKeys.ofUpstream(bucket, upstream.signer(), now);
    }

    /**
     * Returns the user that calls Alibaba Cloud's STS for a role's sessions, with its newest Active key that may sign;
     * empty when there is no signer or no such key.
     */
    public Optional<Facts.Signer> signer(Role role, Instant now) throws StoreUnavailable {
        return signerKeys.of(role, now);
    }

    /** Whether a bucket of the registry is in that region. */
    public boolean isRegion(String region, Instant now) throws StoreUnavailable {
        return load(valid.region(region), ReadAhead.NOTHING, now).isPresent();
    }

    /**
     * Returns the records that a session depends on, as they are now: one batch when none is cached, none when all
     * are.
     */
    public SessionFacts session(SessionFacts.Query query, Instant now) throws StoreUnavailable {
        return sessions.load(query, now);
    }

    /** Returns the keys that seal and open security tokens; none when no manifest was ever applied. */
    public TokenKeyRing tokenKeys(ReadAhead ahead, Instant now) throws StoreUnavailable {
        return load(Optional.of(lookups.tokenKeys()), ahead, now).orElse(new TokenKeyRing(List.of()));
    }

    /**
     * Returns the token keys as this process last read them, however long ago, without reading the store. Use them for
     * read-ahead only.
     */
    public Optional<TokenKeyRing> lastTokenKeys() {
        return cache.last(lookups.tokenKeys());
    }

    /** Returns the moment up to which tokens and sessions of a subject are revoked. */
    public Optional<Instant> revokedBefore(RevocationItem.Revocable.OfSubject subject, ReadAhead ahead, Instant now)
            throws StoreUnavailable {
        return load(Optional.of(lookups.revocation(subject)), ahead, now);
    }

    /** Drops the ACL of an object from the cache, because this process changed it. */
    public void forgetObjectAcl(Target.ObjectKey object) {
        valid.objectAcl(object).map(Lookups.Lookup::key).ifPresent(cache::forget);
    }

    /** Drops a bucket from the cache, because this process changed it. */
    public void forgetBucket(String name) {
        valid.bucket(name).map(Lookups.Lookup::key).ifPresent(cache::forget);
    }

    /** Returns how often look-ups were answered by the cache and by the store, since the start. */
    public CacheUse cacheUse() {
        return cache.use();
    }

    /**
     * Checks that the store answers and that the root key opens its secrets, at most once a second. Calls in between
     * get the last answer, as long as the file of the store is the one that was checked.
     */
    public void probe(Instant now) throws StoreUnavailable {
        probe.check(now);
    }

    private <T> Optional<T> load(Optional<Lookups.Lookup<T>> lookup, ReadAhead ahead, Instant now)
            throws StoreUnavailable {
        return lookup.isPresent() ? cache.load(lookup.get(), () -> planner.lookups(ahead, now), now) : Optional.empty();
    }
}

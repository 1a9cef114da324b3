package io.countersign.registry;

import io.countersign.oss.Target;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading side of the registry, for any number of threads. Answers are at most as old as {@link CacheSettings.CacheBounds} says, by the caller's
 * {@code now}, which must be the present and not a moment under examination. Each method throws {@link StoreUnavailable} when the store does
 * not answer or holds what cannot be read: the caller then allows nothing.
 *
 * <p>Who has to go to the store brings along what is asked for {@link ReadAhead}: a request whose way was gone before costs one batch when the cache has forgotten it,
 * and none as long as it has not. Each method answers by the records themselves, whatever was brought along.
 */
public final class KeyRegistry {
    private final ReadCache cache;
    private final Lookups lookups;
    private final Lookups.ValidLookups possible;
    private final ReadAheadPlanner.LinkCache links;
    private final FactsLookups facts;
    private final SignerKeys signerKeys;
    private final SessionLookups sessions;
    private final ReadAheadPlanner ahead;
    private final Probe probe;

    public KeyRegistry(RegistryStore store, Sealer sealer, CacheSettings.CacheBounds bounds) {
        this.cache = new ReadCache(store, bounds);
        this.lookups = new Lookups(sealer);
        this.possible = new Lookups.ValidLookups(lookups);
        this.links = new ReadAheadPlanner.LinkCache(bounds.entries());
        this.facts = new FactsLookups(cache, possible);
        this.signerKeys = new SignerKeys(cache, lookups, links);
        this.sessions = new SessionLookups(cache, lookups, links);
        this.ahead = new ReadAheadPlanner(lookups, possible, links, facts, sessions, signerKeys);
        this.probe = new Probe(store, sealer);
    }

    /** As {@link #load(FactsQuery, Later, Instant)}, when that is all. */
    public Facts load(Facts.FactsQuery query, Instant now) throws StoreUnavailable {
        return load(query, ReadAhead.NOTHING, now);
    }

    /** All that a request needs to know: one store batch when nothing is remembered (for each 100 keys), none when everything is. */
    public Facts load(Facts.FactsQuery query, ReadAhead later, Instant now) throws StoreUnavailable {
        return facts.load(query, () -> ahead.of(later, now), now);
    }

    /** The providers of this exact issuer and of each of these audiences, in any account; an audience without one is left out. */
    public Map<String, OidcProvider> providers(
            String issuer, Collection<String> audiences, ReadAhead later, Instant now) throws StoreUnavailable {
        Map<String, Lookups.Lookup<OidcProvider>> wanted = new LinkedHashMap<>();
        for (String audience : audiences) {
            possible.provider(issuer, audience).ifPresent(lookup -> wanted.put(audience, lookup));
        }
        ReadCache.Found found = cache.load(List.copyOf(wanted.values()), () -> ahead.of(later, now), now);
        Map<String, OidcProvider> providers = new LinkedHashMap<>();
        wanted.forEach(
                (audience, lookup) -> found.get(lookup).ifPresent(provider -> providers.put(audience, provider)));
        return Collections.unmodifiableMap(providers);
    }

    public Optional<Role> role(String accountId, String name, ReadAhead later, Instant now) throws StoreUnavailable {
        ReadAhead all = ReadAhead.of(new ReadAhead.Hint.OfRole(accountId, name)).and(later);
        return load(possible.role(accountId, name), all, now);
    }

    /**
     * The role that a token leads to, once the token was found good: whoever asks for providers and says this name then has the role read with them.
     *
     * @param accountId the provider's
     */
    public Optional<Role> role(
            ReadAhead.Hint.OfRoleOf token, String accountId, String name, ReadAhead later, Instant now)
            throws StoreUnavailable {
        Optional<Role> role = role(accountId, name, later, now);
        if (role.isPresent()) {
            possible.provider(token.issuer(), token.audience())
                    .ifPresent(provider -> links.remember(
                            ReadAheadPlanner.Link.role(
                                    provider.key(), token.role().orElse("")),
                            List.of(lookups.role(accountId, name))));
        }
        return role;
    }

    /**
     * The name of the bucket that a custom domain belongs to.
     *
     * @param host in lower case, without a port
     */
    public Optional<String> bucketOfDomain(String host, ReadAhead later, Instant now) throws StoreUnavailable {
        Optional<Lookups.Lookup<String>> domain = possible.domain(host);
        Optional<String> bucket = load(domain, later, now);
        domain.map(lookup -> ReadAheadPlanner.Link.bucketOf(lookup.key()))
                .ifPresent(link -> bucket.ifPresentOrElse(
                        name -> links.remember(link, List.of(lookups.bucket(name))), () -> links.forget(link)));
        return bucket;
    }

    /** The bucket that a custom domain belonged to when that was last asked, however long ago: a guess, to say what comes later. */
    public Optional<String> lastBucketOfDomain(String host) {
        return possible.domain(host).stream()
                .flatMap(domain -> links.from(ReadAheadPlanner.Link.bucketOf(domain.key())).stream())
                .map(bucket -> BucketItem.name(bucket.key()))
                .findFirst();
    }

    /** Who signs for a bucket, with the newest Active key that may sign; empty when there is no signer or no such key. */
    public Optional<Facts.Signer> signer(Bucket bucket, Instant now) throws StoreUnavailable {
        return signerKeys.of(bucket, now);
    }

    /** Who asks Alibaba Cloud's STS for a role's sessions, the key chosen likewise; empty when there is no signer or no such key. */
    public Optional<Facts.Signer> signer(Role role, Instant now) throws StoreUnavailable {
        return signerKeys.of(role, now);
    }

    /** Whether some bucket of the registry is in that region. */
    public boolean isRegion(String region, Instant now) throws StoreUnavailable {
        return load(possible.region(region), ReadAhead.NOTHING, now).isPresent();
    }

    /** What a session rests on, as it is now: one store batch when nothing is remembered, none when everything is. */
    public SessionFacts session(SessionFacts.SessionQuery query, Instant now) throws StoreUnavailable {
        return sessions.load(query, now);
    }

    /** The keys that security tokens are sealed under and opened with; none when no manifest was ever applied. */
    public TokenKeyRing tokenKeys(ReadAhead later, Instant now) throws StoreUnavailable {
        return load(Optional.of(lookups.tokenKeys()), later, now).orElse(new TokenKeyRing(List.of()));
    }

    /** The same, as long as no look at the store is needed for it. */
    public Optional<TokenKeyRing> rememberedTokenKeys(Instant now) {
        return cache.remembered(lookups.tokenKeys(), now);
    }

    /** Reads the ACL of this object anew the next time, because it was changed here. */
    public void forgetObjectAcl(Target.ObjectKey object) {
        possible.objectAcl(object).map(Lookups.Lookup::key).ifPresent(cache::forget);
    }

    /** Asks the store whether it answers, and opens what it has sealed, once a second at most; in between its last answer counts, while the store's file is the one that it opened. */
    public void probe(Instant now) throws StoreUnavailable {
        probe.ask(now);
    }

    private <T> Optional<T> load(Optional<Lookups.Lookup<T>> lookup, ReadAhead later, Instant now)
            throws StoreUnavailable {
        return lookup.isPresent() ? cache.load(lookup.get(), () -> ahead.of(later, now), now) : Optional.empty();
    }

    /**
     * Reads the token keys and opens them, so often at most that nobody can load the store by asking after its health. A registry without any has nothing to open.
     * No caller waits for another: while one asks, the others are told the last answer, unless that is too old to be told. An answer that is remembered counts only
     * for the file that was asked.
     */
    static final class Probe {
        private static final Duration PAUSE = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofSeconds(5);

        private final RegistryStore store;
        private final Sealer sealer;
        private final ReentrantLock turn = new ReentrantLock();
        private volatile Optional<Answer> last = Optional.empty();

        private record Answer(Instant askedAt, Optional<StoreUnavailable> failure) {
            boolean isOlder(Duration age, Instant now) {
                return Duration.between(askedAt, now).abs().compareTo(age) >= 0;
            }
        }

        Probe(RegistryStore store, Sealer sealer) {
            this.store = store;
            this.sealer = sealer;
        }

        void ask(Instant now) throws StoreUnavailable {
            Optional<StoreUnavailable> failure = answer(now).failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
            store.requireSame();
        }

        private Answer answer(Instant now) {
            Optional<Answer> known = last;
            if (known.isEmpty() || known.get().isOlder(LONGEST, now)) {
                return askStore(now);
            }
            if (known.get().isOlder(PAUSE, now) && turn.tryLock()) {
                try {
                    return askStore(now);
                } finally {
                    turn.unlock();
                }
            }
            return known.get();
        }

        private Answer askStore(Instant now) {
            Answer answer = new Answer(now, failure(now));
            last = Optional.of(answer);
            return answer;
        }

        private Optional<StoreUnavailable> failure(Instant now) {
            try {
                open(now);
                return Optional.empty();
            } catch (StoreUnavailable e) {
                return Optional.of(e);
            }
        }

        private void open(Instant now) throws StoreUnavailable {
            for (Item item : store.get(Set.of(TokenKeyItem.KEY), RegistryStore.Consistency.STRONG, now)
                    .values()) {
                for (TokenKeyItem.StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
                    try {
                        key.opened(sealer);
                    } catch (SealingException e) {
                        throw new StoreUnavailable(e.getMessage(), e);
                    }
                }
            }
        }
    }
}

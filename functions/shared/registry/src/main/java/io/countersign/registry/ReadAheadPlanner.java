package io.countersign.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.registry.store.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what is worth reading along: what a request names, and where that led the last time. */
final class ReadAheadPlanner {
    private final Lookups lookups;
    private final Lookups.ValidLookups possible;
    private final LinkCache links;
    private final FactsLookups facts;
    private final SessionLookups sessions;
    private final SignerKeys signers;

    ReadAheadPlanner(
            Lookups lookups,
            Lookups.ValidLookups possible,
            LinkCache links,
            FactsLookups facts,
            SessionLookups sessions,
            SignerKeys signers) {
        this.lookups = lookups;
        this.possible = possible;
        this.links = links;
        this.facts = facts;
        this.sessions = sessions;
        this.signers = signers;
    }

    List<Lookups.Lookup<?>> of(ReadAhead later, Instant now) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        for (ReadAhead.Hint name : later.names()) {
            all.addAll(of(name, now));
        }
        return all;
    }

    private List<? extends Lookups.Lookup<?>> of(ReadAhead.Hint name, Instant now) {
        return switch (name) {
            case ReadAhead.Hint.OfFacts of -> facts.lookups(of.query());
            case ReadAhead.Hint.OfSigner of -> signer(possible.bucket(of.bucket()), now);
            case ReadAhead.Hint.OfRegion of ->
                possible.region(of.region()).stream().toList();
            case ReadAhead.Hint.OfRole of -> role(possible.role(of.accountId(), of.name()));
            case ReadAhead.Hint.OfRoleOf of -> roleOf(possible.provider(of.issuer(), of.audience()), of.role());
            case ReadAhead.Hint.OfTokenKeys of -> List.of(lookups.tokenKeys());
            case ReadAhead.Hint.OfSession of -> sessions.lookups(of.query());
            case ReadAhead.Hint.OfSomeSession of -> links.from(Link.session(TokenKeyItem.KEY));
        };
    }

    private List<Lookups.Lookup<?>> signer(Optional<Lookups.Lookup<Bucket>> bucket, Instant now) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        if (bucket.isPresent()) {
            all.add(bucket.get());
            all.addAll(signers.ahead(bucket.get(), now));
        }
        return all;
    }

    private List<Lookups.Lookup<?>> role(Optional<Lookups.Lookup<Role>> role) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        if (role.isPresent()) {
            all.add(role.get());
            all.addAll(links.from(Link.signer(role.get().key())));
        }
        return all;
    }

    private List<Lookups.Lookup<?>> roleOf(Optional<Lookups.Lookup<OidcProvider>> provider, Optional<String> role) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        if (provider.isPresent()) {
            ItemKey audience = provider.get().key();
            for (Lookups.Lookup<?> found : links.from(Link.role(audience, role.orElse("")))) {
                all.add(found);
                all.addAll(links.from(Link.signer(found.key())));
            }
        }
        return all;
    }

    /**
     * Holds what was brought along until it is asked for. A cache that is full gives new entries no place before they were asked for more than once; what a request at
     * hand is about to ask for must not be lost to that.
     */
    static final class Buffer {
        /** Some ten entries for each of a hundred requests at once. */
        private static final int MOST = 1_024;

        private final Map<ItemKey, ReadCache.Entry> entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ItemKey, ReadCache.Entry> eldest) {
                return size() > MOST;
            }
        };

        synchronized Optional<ReadCache.Entry> get(ItemKey key) {
            return Optional.ofNullable(entries.get(key));
        }

        synchronized void put(ItemKey key, ReadCache.Entry entry) {
            entries.remove(key);
            entries.put(key, entry);
        }

        synchronized void remove(ItemKey key) {
            entries.remove(key);
        }
    }

    /**
     * One step from a record to others that only reading it tells.
     *
     * @param from where the step begins
     * @param to what is looked for
     */
    record Link(ItemKey from, String to) {
        static Link bucketOf(ItemKey domain) {
            return new Link(domain, "bucket");
        }

        /** @param of a bucket or a role */
        static Link signer(ItemKey of) {
            return new Link(of, "signer");
        }

        /** @param role as it was asked for; empty for the default */
        static Link role(ItemKey audience, String role) {
            return new Link(audience, "role/" + role);
        }

        /** What the last session rested on that was opened with these keys. */
        static Link session(ItemKey tokenKeys) {
            return new Link(tokenKeys, "session");
        }
    }

    /**
     * Remembers where records led when they were last followed, so that a reader that has forgotten the records themselves can read them all at once. It holds the
     * keys of items and nothing that stood there, for any time: who follows a link reads what stands there now, and the records say whether it still leads there.
     * Only steps that were made are remembered, so nobody fills it with what they merely claim.
     */
    static final class LinkCache {
        private final Cache<Link, List<Lookups.Lookup<?>>> links;

        /** @param most links that are kept */
        LinkCache(int most) {
            this.links = Caffeine.newBuilder()
                    .maximumSize(most)
                    .executor(Runnable::run)
                    .build();
        }

        /** Empty when the step was never made, or not lately. */
        List<Lookups.Lookup<?>> from(Link link) {
            List<Lookups.Lookup<?>> to = links.getIfPresent(link);
            return to == null ? List.of() : to;
        }

        void remember(Link link, List<? extends Lookups.Lookup<?>> to) {
            if (!keys(from(link)).equals(keys(to))) {
                links.put(link, List.copyOf(to));
            }
        }

        void forget(Link link) {
            links.invalidate(link);
        }

        private static List<ItemKey> keys(List<? extends Lookups.Lookup<?>> lookups) {
            return lookups.stream().<ItemKey>map(Lookups.Lookup::key).toList();
        }
    }
}

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

/** Turns hints into lookups: the records that they name, and the records to which those led the last time. */
final class ReadAheadPlanner {
    private final ReadCache cache;
    private final Lookups lookups;
    private final Lookups.ValidLookups valid;
    private final LinkCache links;
    private final FactsLookups facts;
    private final SessionLookups sessions;
    private final SignerKeys signers;

    ReadAheadPlanner(
            ReadCache cache,
            Lookups lookups,
            Lookups.ValidLookups valid,
            LinkCache links,
            FactsLookups facts,
            SessionLookups sessions,
            SignerKeys signers) {
        this.cache = cache;
        this.lookups = lookups;
        this.valid = valid;
        this.links = links;
        this.facts = facts;
        this.sessions = sessions;
        this.signers = signers;
    }

    List<Lookups.Lookup<?>> lookups(ReadAhead ahead, Instant now) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        for (ReadAhead.Hint hint : ahead.hints()) {
            all.addAll(lookups(hint, now));
        }
        return all;
    }

    private List<? extends Lookups.Lookup<?>> lookups(ReadAhead.Hint hint, Instant now) {
        return switch (hint) {
            case ReadAhead.Hint.OfFacts of -> facts.lookups(of.query());
            case ReadAhead.Hint.OfSigner of -> signer(valid.bucket(of.bucket()), now);
            case ReadAhead.Hint.OfRegion of ->
                valid.region(of.region()).stream().toList();
            case ReadAhead.Hint.OfRole of -> role(valid.role(of.accountId(), of.name()));
            case ReadAhead.Hint.OfRoleOf of -> roleOf(valid.provider(of.issuer(), of.audience()), of.role());
            case ReadAhead.Hint.OfSubjectOf of -> subjectOf(of);
            case ReadAhead.Hint.OfSubject of -> List.of(lookups.revocation(of.subject()));
            case ReadAhead.Hint.OfUploadOf of -> uploadOf(of, now);
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

    private List<Lookups.Lookup<?>> uploadOf(ReadAhead.Hint.OfUploadOf token, Instant now) {
        List<Lookups.Lookup<?>> all = new ArrayList<>();
        Optional<Lookups.Lookup<Upload>> upload = valid.provider(token.issuer(), token.audience())
                .flatMap(cache::last)
                .flatMap(provider -> valid.upload(provider.accountId(), token.name()));
        if (upload.isPresent()) {
            all.add(upload.get());
            Optional<Upload> last = cache.last(upload.get());
            if (last.isPresent()) {
                all.addAll(role(valid.role(last.get().accountId(), last.get().role())));
                all.addAll(signer(valid.bucket(last.get().bucket()), now));
            }
        }
        return all;
    }

    private List<Lookups.Lookup<?>> subjectOf(ReadAhead.Hint.OfSubjectOf token) {
        return valid.provider(token.issuer(), token.audience()).flatMap(cache::last).stream()
                .<Lookups.Lookup<?>>map(provider -> lookups.revocation(
                        new RevocationItem.Revocable.OfSubject(provider.revocable(), token.subject())))
                .toList();
    }

    /**
     * Holds records that were read ahead until they are looked up. A full cache may reject an entry that was used only
     * once, and must not reject one that the current request is about to use.
     */
    static final class Buffer {
        /** About ten entries for each of a hundred concurrent requests. */
        private static final int MAX_ENTRIES = 1_024;

        private final Map<ItemKey, ReadCache.Entry> entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ItemKey, ReadCache.Entry> eldest) {
                return size() > MAX_ENTRIES;
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
     * A step from a record to others that only its content names.
     *
     * @param from the record
     * @param to the kind of the others
     */
    record Link(ItemKey from, String to) {
        static Link bucketOf(ItemKey domain) {
            return new Link(domain, "bucket");
        }

        /** @param of a bucket or a role */
        static Link signer(ItemKey of) {
            return new Link(of, "signer");
        }

        static Link upstreamSigner(ItemKey bucket) {
            return new Link(bucket, "upstream-signer");
        }

        /** @param role as the caller named it; empty for the default */
        static Link role(ItemKey audience, String role) {
            return new Link(audience, "role/" + role);
        }

        /** The records of the last valid session whose token these keys opened. */
        static Link session(ItemKey tokenKeys) {
            return new Link(tokenKeys, "session");
        }
    }

    /**
     * Remembers where records led when they were last followed, so that a reader whose cache has expired can read all
     * of them at once. It holds keys of items without their contents, for any time: the records that are read say
     * whether they still lead there. Only steps between existing records are remembered, so a caller cannot fill it
     * with invented names.
     */
    static final class LinkCache {
        private final Cache<Link, List<Lookups.Lookup<?>>> links;

        /** @param maxLinks the largest number of links */
        LinkCache(int maxLinks) {
            this.links = Caffeine.newBuilder()
                    .maximumSize(maxLinks)
                    .executor(Runnable::run)
                    .build();
        }

        /** Returns no lookups when the step was never made or is no longer remembered. */
        List<Lookups.Lookup<?>> from(Link link) {
            List<Lookups.Lookup<?>> to = links.getIfPresent(link);
            return to == null ? List.of() : to;
        }

        void remember(Link link, List<? extends Lookups.Lookup<?>> to) {
            if (!sameKeys(from(link), to)) {
                links.put(link, List.copyOf(to));
            }
        }

        void forget(Link link) {
            links.invalidate(link);
        }

        private static boolean sameKeys(
                List<? extends Lookups.Lookup<?>> one, List<? extends Lookups.Lookup<?>> other) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (!one.get(i).key().equals(other.get(i).key())) {
                    return false;
                }
            }
            return true;
        }
    }
}

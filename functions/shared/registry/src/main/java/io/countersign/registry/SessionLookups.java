package io.countersign.registry;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks up all records that a session depends on: its role, its founder, and the revocations that concern it. It
 * remembers role and founder of the last valid session behind the token keys: the next session most likely depends on
 * the same ones, and a process that has no token keys yet can open its token only after they are read.
 */
final class SessionLookups {
    private final ReadCache cache;
    private final Lookups lookups;
    private final ReadAheadPlanner.LinkCache links;

    SessionLookups(ReadCache cache, Lookups lookups, ReadAheadPlanner.LinkCache links) {
        this.cache = cache;
        this.lookups = lookups;
        this.links = links;
    }

    List<Lookups.Lookup<?>> lookups(SessionFacts.Query query) {
        return wanted(query).all();
    }

    SessionFacts load(SessionFacts.Query query, Instant now) throws StoreUnavailable {
        Wanted wanted = wanted(query);
        ReadCache.Found found = cache.load(wanted.all(), now);
        SessionFacts facts = new SessionFacts(
                found.get(wanted.role()).filter(role -> role.roleId().equals(query.roleId())),
                found.get(wanted.founder()).filter(SessionLookups::founds).isPresent(),
                latest(wanted, found),
                wanted.ofSubject().flatMap(found::get));
        if (facts.role().isPresent() && facts.founded()) {
            links.remember(ReadAheadPlanner.Link.session(TokenKeyItem.KEY), wanted.shared());
        }
        return facts;
    }

    /** The latest revocation of the role, the founder and the session. */
    private static Optional<Instant> latest(Wanted wanted, ReadCache.Found found) {
        Optional<Instant> latest = later(found.get(wanted.ofRole()), found.get(wanted.ofFounder()));
        return wanted.ofSession().isPresent()
                ? later(latest, found.get(wanted.ofSession().get()))
                : latest;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isAfter(one.get()) ? other : one;
    }

    private record Wanted(
            Lookups.Lookup<Role> role,
            Lookups.Lookup<?> founder,
            Lookups.Lookup<Instant> ofRole,
            Lookups.Lookup<Instant> ofFounder,
            Optional<Lookups.Lookup<Instant>> ofSubject,
            Optional<Lookups.Lookup<Instant>> ofSession) {
        private static final int SHARED = 4;

        List<Lookups.Lookup<?>> all() {
            List<Lookups.Lookup<?>> all = new ArrayList<>(SHARED + 2);
            all.add(role);
            all.add(founder);
            all.add(ofRole);
            all.add(ofFounder);
            ofSubject.ifPresent(all::add);
            ofSession.ifPresent(all::add);
            return all;
        }

        /** Those that another session is likely to depend on as well. */
        List<Lookups.Lookup<?>> shared() {
            return all().subList(0, SHARED);
        }
    }

    private Wanted wanted(SessionFacts.Query query) {
        Lookups.Lookup<?> founder =
                switch (query.founder()) {
                    case RevocationItem.Revocable.OfProvider provider -> lookups.provider(provider);
                    case RevocationItem.Revocable.OfAccessKey key -> lookups.accessKey(key.id());
                };
        return new Wanted(
                lookups.role(query.accountId(), query.roleName()),
                founder,
                lookups.revocation(new RevocationItem.Revocable.OfRole(query.roleId())),
                lookups.revocation(query.founder()),
                query.subject().map(lookups::revocation),
                query.session().map(lookups::revocation));
    }

    private static boolean founds(Object founder) {
        return !(founder instanceof Lookups.Key key)
                || key.record().map(record -> record.status().verifies()).orElse(false);
    }
}

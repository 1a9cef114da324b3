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
                latest(wanted.revocations(), found),
                wanted.ofSubject().flatMap(found::get));
        if (facts.role().isPresent() && facts.founded()) {
            links.remember(ReadAheadPlanner.Link.session(TokenKeyItem.KEY), wanted.shared());
        }
        return facts;
    }

    private static Optional<Instant> latest(List<Lookups.Lookup<Instant>> revocations, ReadCache.Found found) {
        Optional<Instant> latest = Optional.empty();
        for (Lookups.Lookup<Instant> revocation : revocations) {
            Optional<Instant> before = found.get(revocation);
            if (before.isPresent() && (latest.isEmpty() || before.get().isAfter(latest.get()))) {
                latest = before;
            }
        }
        return latest;
    }

    private record Wanted(
            Lookups.Lookup<Role> role,
            Lookups.Lookup<?> founder,
            Lookups.Lookup<Instant> ofRole,
            Lookups.Lookup<Instant> ofFounder,
            Optional<Lookups.Lookup<Instant>> ofSubject,
            Optional<Lookups.Lookup<Instant>> ofSession) {
        List<Lookups.Lookup<?>> all() {
            List<Lookups.Lookup<?>> all = new ArrayList<>(shared());
            ofSubject.ifPresent(all::add);
            ofSession.ifPresent(all::add);
            return all;
        }

        /** Those that another session is likely to depend on as well. */
        List<Lookups.Lookup<?>> shared() {
            return List.of(role, founder, ofRole, ofFounder);
        }

        List<Lookups.Lookup<Instant>> revocations() {
            List<Lookups.Lookup<Instant>> all = new ArrayList<>(List.of(ofRole, ofFounder));
            ofSession.ifPresent(all::add);
            return all;
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

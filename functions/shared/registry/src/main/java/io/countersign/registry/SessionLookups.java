package io.countersign.registry;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks up all records that a session depends on: its role, its founder, and the revocations of both. It remembers the
 * records of the last valid session behind the token keys: the next session most likely depends on the same ones, and
 * its token can be opened only after the token keys are read.
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
                later(found.get(wanted.ofRole()), found.get(wanted.ofFounder())));
        if (facts.role().isPresent() && facts.founded()) {
            links.remember(ReadAheadPlanner.Link.session(TokenKeyItem.KEY), wanted.all());
        }
        return facts;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return one.get().isBefore(other.get()) ? other : one;
    }

    private record Wanted(
            Lookups.Lookup<Role> role,
            Lookups.Lookup<?> founder,
            Lookups.Lookup<Instant> ofRole,
            Lookups.Lookup<Instant> ofFounder) {
        List<Lookups.Lookup<?>> all() {
            return List.of(role, founder, ofRole, ofFounder);
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
                lookups.revocation(query.founder()));
    }

    private static boolean founds(Object founder) {
        return !(founder instanceof Lookups.Key key)
                || key.record().map(record -> record.status().verifies()).orElse(false);
    }
}

package io.countersign.registry;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks up at once all that a session rests on: its role, who founded it, and what was revoked of either. */
final class SessionLookups {
    private final ReadCache cache;
    private final Lookups lookups;

    SessionLookups(ReadCache cache, Lookups lookups) {
        this.cache = cache;
        this.lookups = lookups;
    }

    SessionFacts load(SessionQuery query, Instant now) throws StoreUnavailable {
        Lookup<Role> role = lookups.role(query.accountId(), query.roleName());
        Lookup<?> founder =
                switch (query.founder()) {
                    case Revocable.OfProvider provider -> lookups.provider(provider);
                    case Revocable.OfAccessKey key -> lookups.accessKey(key.id());
                };
        Lookup<Instant> ofRole = lookups.revocation(new Revocable.OfRole(query.roleId()));
        Lookup<Instant> ofFounder = lookups.revocation(query.founder());
        ReadCache.Found found = cache.load(List.of(role, founder, ofRole, ofFounder), now);
        return new SessionFacts(
                found.get(role).filter(standing -> standing.roleId().equals(query.roleId())),
                found.get(founder).filter(SessionLookups::founds).isPresent(),
                Stream.of(found.get(ofRole), found.get(ofFounder))
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }

    private static boolean founds(Object founder) {
        return !(founder instanceof Lookups.Key key)
                || key.record().map(record -> record.status().verifies()).orElse(false);
    }
}

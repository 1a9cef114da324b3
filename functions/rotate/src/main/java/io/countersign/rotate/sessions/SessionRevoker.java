package io.countersign.rotate.sessions;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem.Revocable;
import io.countersign.registry.Revocations;
import io.countersign.registry.RoleItem;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Revokes the sessions that a caller names, together with a record in the audit. */
public record SessionRevoker(RegistryStore store) {
    /**
     * Who revokes, for the audit.
     *
     * @param eventId names the command or the call
     * @param named such as {@code an operator}
     */
    public record By(String eventId, String named) {}

    /** @param before the time in force: sessions issued up to it are refused, and a subject's tokens */
    public record Revoked(SessionsOf sessions, Instant before) {
        /** As one JSON object. */
        public String json() {
            return sessions.json(before);
        }
    }

    /**
     * Refuses what was issued at or before a moment. A later moment that was recorded before stays in force.
     *
     * @param before not after {@code now}
     * @throws RevocationRefusal when the registry does not hold what the target names; nothing is written then
     */
    public Revoked revoke(RevocationTarget target, Instant before, By by, Instant now)
            throws RevocationRefusal, StoreUnavailable {
        SessionsOf sessions = sessions(target, now);
        AuditItem.AuditRecord record = new AuditItem.AuditRecord(
                now,
                "SessionsRevoked",
                sessions.named(),
                by.named() + " revoked those issued up to " + before,
                by.eventId());
        Instant stands =
                new Revocations(store).revoke(about(sessions, now), before, now, List.of(AuditItem.write(record)));
        return new Revoked(sessions, stands);
    }

    /** Finds the provider of the target; other targets have their whole names. */
    private SessionsOf sessions(RevocationTarget target, Instant now) throws RevocationRefusal, StoreUnavailable {
        return switch (target) {
            case RevocationTarget.OfRole role -> new SessionsOf.Role(role.accountId(), role.name());
            case RevocationTarget.OfProvider named -> {
                Revocable.OfProvider provider = provider(named.provider(), now);
                yield named.subject()
                        .<SessionsOf>map(subject -> new SessionsOf.Subject(new Revocable.OfSubject(provider, subject)))
                        .orElseGet(() -> new SessionsOf.Provider(provider));
            }
            case RevocationTarget.OfAccessKey key -> new SessionsOf.AccessKey(key.id());
            case RevocationTarget.OfSession session -> new SessionsOf.Session(session.id());
        };
    }

    private Revocable.OfProvider provider(ProviderName name, Instant now) throws RevocationRefusal, StoreUnavailable {
        return switch (new ProviderSearch(store).find(name, now)) {
            case ProviderSearch.Found.One one -> one.provider();
            case ProviderSearch.Found.None none -> throw new RevocationRefusal(RevocationRefusal.Code.NO_SUCH_PROVIDER);
            case ProviderSearch.Found.Several several ->
                throw new RevocationRefusal(RevocationRefusal.Code.AMBIGUOUS_PROVIDER);
        };
    }

    private Revocable about(SessionsOf sessions, Instant now) throws RevocationRefusal, StoreUnavailable {
        return switch (sessions) {
            case SessionsOf.Role role -> {
                Item item = item(RoleItem.key(role.accountId(), role.name()), RevocationRefusal.Code.NO_SUCH_ROLE, now);
                yield new Revocable.OfRole(Records.read(item, RoleItem::read).roleId());
            }
            case SessionsOf.Provider provider -> provider.about();
            case SessionsOf.Subject subject -> subject.about();
            case SessionsOf.AccessKey key -> {
                Item item = item(AccessKeyItem.key(key.id()), RevocationRefusal.Code.NO_SUCH_ACCESS_KEY, now);
                yield new Revocable.OfAccessKey(
                        Records.read(item, AccessKeyItem::read).id());
            }
            // The registry does not hold sessions, so it cannot tell whether there ever was this one.
            case SessionsOf.Session session -> new Revocable.OfSession(session.id());
        };
    }

    private Item item(ItemKey key, RevocationRefusal.Code missing, Instant now)
            throws RevocationRefusal, StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                        .get(key))
                .orElseThrow(() -> new RevocationRefusal(missing));
    }
}

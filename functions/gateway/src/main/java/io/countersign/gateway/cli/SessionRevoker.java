package io.countersign.gateway.cli;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
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

/** Revokes the sessions of something that stands in the registry. */
final class SessionRevoker {
    private final Tools tools;

    SessionRevoker(Tools tools) {
        this.tools = tools;
    }

    /** @return the moment that stands: sessions issued at it or before it are refused */
    Instant revoke(RegistryStore store, SessionsOf sessions, Optional<Instant> asOf)
            throws CommandFailure, StoreUnavailable {
        Instant now = tools.now();
        Instant before = asOf.orElse(now);
        if (before.isAfter(now)) {
            throw new CommandFailure(
                    "MomentToCome",
                    "Sessions that are yet to be issued cannot be revoked; name a moment that has passed, or none for now.");
        }
        AuditItem.AuditRecord record = new AuditItem.AuditRecord(
                now,
                "SessionsRevoked",
                sessions.named(),
                "an operator revoked those issued up to " + before,
                EventIds.next(tools.random()));
        return new Revocations(store)
                .revoke(found(store, sessions, now), before, now, List.of(AuditItem.write(record)));
    }

    private static RevocationItem.Revocable found(RegistryStore store, SessionsOf sessions, Instant now)
            throws CommandFailure, StoreUnavailable {
        return switch (sessions) {
            case SessionsOf.Role role -> {
                Item item = item(store, RoleItem.key(role.accountId(), role.name()), sessions, now);
                yield new RevocationItem.Revocable.OfRole(
                        Records.read(item, RoleItem::read).roleId());
            }
            case SessionsOf.Provider provider -> {
                Item item = item(store, ProviderItem.key(provider.accountId(), provider.name()), sessions, now);
                yield Records.read(item, ProviderItem::read).revocable();
            }
            case SessionsOf.AccessKey key -> {
                Item item = item(store, AccessKeyItem.key(key.id()), sessions, now);
                yield new RevocationItem.Revocable.OfAccessKey(
                        Records.read(item, AccessKeyItem::read).id());
            }
        };
    }

    private static Item item(RegistryStore store, ItemKey key, SessionsOf sessions, Instant now)
            throws CommandFailure, StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                        .get(key))
                .orElseThrow(() -> new CommandFailure(
                        "NotFound",
                        "The registry does not hold " + sessions.label()
                                + "; correct the name. Sessions of what was removed are refused already."));
    }
}

package io.countersign.registry.manifest;

import io.countersign.json.JsonText;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Plans roles. A role keeps its id for its life; the id of a removed role stays reserved. */
final class RolePlanner {
    private final ApplyPlan.Planning planning;

    RolePlanner(ApplyPlan.Planning planning) {
        this.planning = planning;
    }

    ChangeSetBuilder.ChangeSet role(String accountId, Manifest.ManifestRole named)
            throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), named.at());
        ItemKey key = RoleItem.key(accountId, named.name());
        Optional<Role> stored = planning.snapshot().record(key, RoleItem::read);
        String id = stored.map(Role::roleId).orElseGet(() -> NewCredentials.roleId(planning.random()));
        int mark = changes.size();
        if (stored.isEmpty()) {
            changes.put(
                    RoleItem.idKey(id),
                    JsonText.object(json -> json.put("account", accountId).put("name", named.name())));
        }
        changes.put(
                key,
                RoleItem.text(new Role(
                        accountId,
                        named.name(),
                        id,
                        named.maxSessionDuration(),
                        named.trust(),
                        named.policies(),
                        named.authority(),
                        named.signer(),
                        named.naming(),
                        named.limits(),
                        named.faces())));
        stored.flatMap(was -> ReopenedNotes.faces(named.at(), named.name(), was.faces(), named.faces()))
                .ifPresent(changes::reopens);
        changes.line(key, mark, "role " + accountId + "/" + named.name());
        return changes.build();
    }

    /**
     * Plans providers. A provider is stored under every pair of its issuer and a client id, and a pair has one
     * provider.
     */
    static final class ProviderPlanner {
        private final ApplyPlan.Planning planning;

        ProviderPlanner(ApplyPlan.Planning planning) {
            this.planning = planning;
        }

        ChangeSetBuilder.ChangeSet provider(Manifest.ManifestProvider named) throws ApplyRefusal, StoreUnavailable {
            ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), named.at());
            OidcProvider provider = named.record();
            ItemKey key = ProviderItem.key(provider.accountId(), provider.name());
            String text = ProviderItem.text(provider);
            Set<ItemKey> wanted = new HashSet<>();
            int mark = changes.size();
            changes.put(key, text);
            for (String audience : provider.clientIds()) {
                ItemKey pair = ProviderItem.audienceKey(provider.issuer(), audience);
                refuseTaken(pair, named, audience);
                changes.put(pair, text);
                wanted.add(pair);
            }
            Optional<OidcProvider> stored = planning.snapshot().record(key, ProviderItem::read);
            if (stored.isPresent()) {
                release(planning.snapshot(), changes, stored.get(), wanted);
            }
            changes.line(key, mark, label(provider));
            return changes.build();
        }

        /** Releases the pairs of a provider that are no longer wanted, if they belong to it. */
        static void release(
                SnapshotReader.Snapshot snapshot, ChangeSetBuilder changes, OidcProvider provider, Set<ItemKey> wanted)
                throws StoreUnavailable {
            for (String audience : provider.clientIds()) {
                ItemKey pair = ProviderItem.audienceKey(provider.issuer(), audience);
                Optional<OidcProvider> holder = snapshot.record(pair, ProviderItem::read);
                if (!wanted.contains(pair) && holder.isPresent() && same(holder.get(), provider)) {
                    changes.delete(pair);
                }
            }
        }

        static String label(OidcProvider provider) {
            return "oidcProvider " + provider.accountId() + "/" + provider.name();
        }

        private void refuseTaken(ItemKey pair, Manifest.ManifestProvider named, String audience)
                throws ApplyRefusal, StoreUnavailable {
            Optional<OidcProvider> holder = planning.snapshot().record(pair, ProviderItem::read);
            if (holder.isPresent() && !same(holder.get(), named.record())) {
                throw new ApplyRefusal(
                        named.at(),
                        "the client id " + audience + " of this issuer belongs to the provider "
                                + holder.get().name()
                                + " of the account " + holder.get().accountId()
                                + "; take it off there first, with an apply of its own");
            }
        }

        private static boolean same(OidcProvider one, OidcProvider other) {
            return one.accountId().equals(other.accountId()) && one.name().equals(other.name());
        }
    }
}

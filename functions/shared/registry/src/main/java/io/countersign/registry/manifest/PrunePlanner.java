package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans what stands in the registry and the manifest no longer names: reported, or removed, what depends on others before them. */
final class PrunePlanner {
    private static final Value.Location NOWHERE = new Value.Location("", 1);

    private final ApplyPlan.Planning planning;
    private final Names names;
    private final List<ChangeSetBuilder.ChangeSet> units = new ArrayList<>();

    private PrunePlanner(ApplyPlan.Planning planning, Names names) {
        this.planning = planning;
        this.names = names;
    }

    static List<ChangeSetBuilder.ChangeSet> plan(ApplyPlan.Planning planning, Names names)
            throws ApplyRefusal, StoreUnavailable {
        PrunePlanner leftovers = new PrunePlanner(planning, names);
        for (AccountItem.Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            leftovers.contents(account.id());
            if (!leftovers.names.accounts().contains(account.id())) {
                leftovers.account(account);
            }
        }
        leftovers.regions();
        return leftovers.units;
    }

    private void contents(String account) throws ApplyRefusal, StoreUnavailable {
        SnapshotReader.Snapshot snapshot = planning.snapshot();
        String partition = AccountItem.contents(account);
        for (String name : snapshot.records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            if (!names.buckets().contains(name)) {
                bucket(account, name);
            }
        }
        for (OidcProvider provider : snapshot.records(partition, ProviderItem.SORT_PREFIX, ProviderItem::read)) {
            if (!names.providers().contains(account + "/" + provider.name())) {
                provider(provider);
            }
        }
        for (Role role : snapshot.records(partition, RoleItem.SORT_PREFIX, RoleItem::read)) {
            if (!names.roles().contains(account + "/" + role.name())) {
                role(role);
            }
        }
        for (RamUser user : snapshot.records(partition, UserItem.SORT_PREFIX, UserItem::read)) {
            if (!names.users().contains(account + "/" + user.name())) {
                user(user);
            }
        }
    }

    private void account(AccountItem.Account account) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder unit = begin();
        if (planning.options().prune()) {
            for (String id : account.accessKeyIds()) {
                KeyPlanner.tombstone(planning, unit, id);
            }
            unit.delete(AccountItem.key(account.id()));
        }
        end(unit, "account " + account.id());
    }

    private void user(RamUser user) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder unit = begin();
        if (planning.options().prune()) {
            for (String id : user.accessKeyIds()) {
                KeyPlanner.tombstone(planning, unit, id);
            }
            unit.delete(UserItem.key(user.accountId(), user.name()));
            new UidPlanner(planning, names).release(unit, user);
            OwnerPlanner.endIntent(unit, user);
        }
        end(unit, "user " + user.accountId() + "/" + user.name());
    }

    private void role(Role role) {
        ChangeSetBuilder unit = begin();
        if (planning.options().prune()) {
            unit.delete(RoleItem.key(role.accountId(), role.name()));
        }
        end(unit, "role " + role.accountId() + "/" + role.name());
    }

    private void provider(OidcProvider provider) throws StoreUnavailable {
        ChangeSetBuilder unit = begin();
        if (planning.options().prune()) {
            unit.delete(ProviderItem.key(provider.accountId(), provider.name()));
            RolePlanner.ProviderPlanner.release(planning.snapshot(), unit, provider, Set.of());
            // Providers go by their names: one that is made again under this name must not inherit the sessions of this
            // one.
            unit.revoke(provider.revocable(), planning.now());
        }
        end(unit, RolePlanner.ProviderPlanner.label(provider));
    }

    private void bucket(String account, String name) throws StoreUnavailable {
        ChangeSetBuilder unit = begin();
        if (planning.options().prune()) {
            units.addAll(BucketPlanner.ObjectAclPlanner.removeAll(planning.snapshot(), begin(), name));
            Optional<Bucket> bucket = planning.snapshot().record(BucketItem.key(name), BucketItem::read);
            unit.delete(BucketItem.key(name));
            unit.delete(BucketItem.ownedKey(account, name));
            if (bucket.isPresent()) {
                BucketPlanner.release(planning.snapshot(), unit, bucket.get(), List.of());
            }
        }
        end(unit, BucketPlanner.label(name));
    }

    /** A region goes with its last bucket, whether that was removed or moved. */
    private void regions() throws StoreUnavailable {
        Set<String> used = new HashSet<>(names.regions());
        for (AccountItem.Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            if (!planning.options().prune()) {
                standingRegions(account, used);
            }
        }
        ChangeSetBuilder unit = begin();
        for (Item item : planning.snapshot().listed(BucketItem.REGIONS, "")) {
            if (!used.contains(item.key().sort()) && unit.size() < ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                unit.delete(item.key());
            }
        }
        units.add(unit.build());
    }

    /** Buckets that are only reported keep their regions. */
    private void standingRegions(AccountItem.Account account, Set<String> used) throws StoreUnavailable {
        String partition = AccountItem.contents(account.id());
        for (String name : planning.snapshot().records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            if (!names.buckets().contains(name)) {
                planning.snapshot()
                        .record(BucketItem.key(name), BucketItem::read)
                        .ifPresent(bucket -> used.add(bucket.region()));
            }
        }
    }

    private ChangeSetBuilder begin() {
        return new ChangeSetBuilder(planning.snapshot(), NOWHERE);
    }

    private void end(ChangeSetBuilder unit, String label) {
        unit.line(
                planning.options().prune() ? ChangeSetBuilder.Outcome.REMOVED : ChangeSetBuilder.Outcome.REPORTED,
                label);
        units.add(unit.build());
    }

    /** What a manifest names; users, roles and providers behind their account and a slash; UIDs with the user that has each, likewise. */
    record Names(
            Set<String> accounts,
            Set<String> users,
            Map<String, String> uids,
            Set<String> roles,
            Set<String> providers,
            Set<String> buckets,
            Set<String> regions) {
        static Names of(Manifest manifest) {
            Names names = new Names(
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashMap<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>());
            for (Manifest.ManifestAccount account : manifest.accounts()) {
                String in = account.id() + "/";
                names.accounts.add(account.id());
                for (Manifest.ManifestUser user : account.users()) {
                    names.users.add(in + user.name());
                    user.uid().ifPresent(uid -> names.uids.put(uid, in + user.name()));
                }
                account.roles().forEach(role -> names.roles.add(in + role.name()));
                account.providers()
                        .forEach(provider ->
                                names.providers.add(in + provider.record().name()));
                for (Manifest.ManifestBucket bucket : account.buckets()) {
                    names.buckets.add(bucket.record().name());
                    names.regions.add(bucket.record().region());
                }
            }
            return names;
        }
    }
}

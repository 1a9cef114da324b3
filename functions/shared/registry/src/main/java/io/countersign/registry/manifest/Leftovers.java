package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.registry.Account;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans what stands in the registry and the manifest no longer names: reported, or removed, what depends on others before them. */
final class Leftovers {
    private static final Location NOWHERE = new Location("", 1);

    private final Planning planning;
    private final Names names;
    private final List<Unit> units = new ArrayList<>();

    private Leftovers(Planning planning, Names names) {
        this.planning = planning;
        this.names = names;
    }

    static List<Unit> plan(Planning planning, Names names) throws ApplyRefusal, StoreUnavailable {
        Leftovers leftovers = new Leftovers(planning, names);
        for (Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            leftovers.contents(account.id());
            if (!leftovers.names.accounts().contains(account.id())) {
                leftovers.account(account);
            }
        }
        leftovers.regions();
        return leftovers.units;
    }

    private void contents(String account) throws ApplyRefusal, StoreUnavailable {
        Snapshot snapshot = planning.snapshot();
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

    private void account(Account account) throws ApplyRefusal, StoreUnavailable {
        UnitBuilder unit = begin();
        if (planning.options().prune()) {
            for (String id : account.accessKeyIds()) {
                KeyPlanner.bury(planning, unit, id);
            }
            unit.delete(AccountItem.key(account.id()));
        }
        end(unit, "account " + account.id());
    }

    private void user(RamUser user) throws ApplyRefusal, StoreUnavailable {
        UnitBuilder unit = begin();
        if (planning.options().prune()) {
            for (String id : user.accessKeyIds()) {
                KeyPlanner.bury(planning, unit, id);
            }
            unit.delete(UserItem.key(user.accountId(), user.name()));
            new UidPlanner(planning, names).release(unit, user);
            OwnerPlanner.endIntent(unit, user);
        }
        end(unit, "user " + user.accountId() + "/" + user.name());
    }

    private void role(Role role) {
        UnitBuilder unit = begin();
        if (planning.options().prune()) {
            unit.delete(RoleItem.key(role.accountId(), role.name()));
        }
        end(unit, "role " + role.accountId() + "/" + role.name());
    }

    private void provider(OidcProvider provider) throws StoreUnavailable {
        UnitBuilder unit = begin();
        if (planning.options().prune()) {
            unit.delete(ProviderItem.key(provider.accountId(), provider.name()));
            ProviderPlanner.release(planning.snapshot(), unit, provider, Set.of());
            // Providers go by their names: one that is made again under this name must not inherit the sessions of this
            // one.
            unit.revoke(provider.revocable(), planning.now());
        }
        end(unit, ProviderPlanner.label(provider));
    }

    private void bucket(String account, String name) throws StoreUnavailable {
        UnitBuilder unit = begin();
        if (planning.options().prune()) {
            units.addAll(ObjectAclPlanner.removeAll(planning.snapshot(), begin(), name));
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
        for (Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            if (!planning.options().prune()) {
                standingRegions(account, used);
            }
        }
        UnitBuilder unit = begin();
        for (Item item : planning.snapshot().listed(BucketItem.REGIONS, "")) {
            if (!used.contains(item.key().sort()) && unit.size() < Unit.MAX_WRITES) {
                unit.delete(item.key());
            }
        }
        units.add(unit.build());
    }

    /** Buckets that are only reported keep their regions. */
    private void standingRegions(Account account, Set<String> used) throws StoreUnavailable {
        String partition = AccountItem.contents(account.id());
        for (String name : planning.snapshot().records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            if (!names.buckets().contains(name)) {
                planning.snapshot()
                        .record(BucketItem.key(name), BucketItem::read)
                        .ifPresent(bucket -> used.add(bucket.region()));
            }
        }
    }

    private UnitBuilder begin() {
        return new UnitBuilder(planning.snapshot(), NOWHERE);
    }

    private void end(UnitBuilder unit, String label) {
        unit.line(planning.options().prune() ? Outcome.REMOVED : Outcome.REPORTED, label);
        units.add(unit.build());
    }
}
